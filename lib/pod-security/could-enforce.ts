import { LEVELS, labelOf, type PodSecurityLevel, type PodSecurityMode, pinsOf, toLevels } from "../inventory/admission/pod-security-labels";
import { toShellWord } from "../model/shell-word";
import type { Level } from "./check";

/** What one level would say to the workloads of a namespace. */
export interface LevelStanding {
  /** Workloads whose pods it would refuse, those under an exception included. */
  readonly refused: number;
  /** Workloads that could not be judged. */
  readonly undecided: number;
}

export interface NamespaceStanding {
  readonly labels: Readonly<Record<string, string>>;
  readonly baseline: LevelStanding;
  readonly restricted: LevelStanding;
  /** False = a kind of workload could not be read: there may be more than was judged. */
  readonly isWhole: boolean;
  /** The API server does nothing about the labels. */
  readonly isOff: boolean;
}

export interface CouldEnforce {
  /** What admission enforces now. */
  readonly enforced: PodSecurityLevel;
  /** The strictest level that would refuse none of the workloads; null = nobody can tell. */
  readonly meets: PodSecurityLevel | null;
  /** The level to label today: stricter than what is enforced, and it refuses nothing that is there. Null = there is none. */
  readonly step: Level | null;
  /** The next level above that, which something stands in the way of. */
  readonly blocked: Level | null;
  /** Workloads that run, and that what is enforced would refuse when their pods are made anew. */
  readonly overreach: number;
}

const rank = (level: PodSecurityLevel): number => LEVELS.indexOf(level);
const holds = ({ refused, undecided }: LevelStanding): boolean => refused === 0 && undecided === 0;

/** What a namespace could enforce without refusing any workload that it has. */
export function couldEnforce({ labels, baseline, restricted, isWhole, isOff }: NamespaceStanding): CouldEnforce {
  const enforced = isOff ? "privileged" : toLevels(labels).enforce;
  const overreach = enforced === "restricted" ? restricted.refused : enforced === "baseline" ? baseline.refused : 0;
  if (!isWhole && holds(baseline)) return { enforced, meets: null, step: null, blocked: holds(restricted) ? null : "restricted", overreach };
  const meets = !holds(baseline) ? "privileged" : holds(restricted) ? "restricted" : "baseline";
  const step = !isOff && meets !== "privileged" && rank(meets) > rank(enforced) ? meets : null;
  const blocked = meets === "privileged" ? "baseline" : meets === "baseline" ? "restricted" : null;
  return { enforced, meets, step, blocked, overreach };
}

function labelCommand(namespace: string, modes: readonly PodSecurityMode[], level: Level, labels: Readonly<Record<string, string>>): string {
  const words = [...modes.map((mode) => `${labelOf(mode)}=${level}`), ...pinsOf(labels, modes).map((key) => `${key}=latest`)];
  return `kubectl label --overwrite namespace ${toShellWord(namespace)} ${words.join(" ")}`;
}

/** Labels a namespace so that it enforces a level, at the version that it was judged at: a pinned one is let go. */
export function enforceCommand(namespace: string, level: Level, labels: Readonly<Record<string, string>>): string {
  return labelCommand(namespace, ["enforce"], level, labels);
}

/** Labels a namespace so that a level warns and is written to the audit log, and refuses nothing. Null = it does so already. */
export function tryCommand(namespace: string, level: Level, labels: Readonly<Record<string, string>>): string | null {
  const now = toLevels(labels);
  const missing = (["warn", "audit"] as const).filter((mode) => rank(now[mode]) < rank(level));
  return missing.length === 0 ? null : labelCommand(namespace, missing, level, labels);
}
