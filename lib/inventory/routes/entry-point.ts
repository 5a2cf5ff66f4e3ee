import { isPrivateCidr, isWorldCidr } from "../../model/ip-address";
import type { KubeObject } from "../kube-object";
import type { PatchOp } from "../../model/patch";

/** From where a workload can be reached, worst first. `possible` = an entry point that has no address yet. */
const EXPOSURES = ["external", "external-restricted", "possible", "node", "internal", "none"] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** One way in: the object that opens it, and the Services it goes through. */
export interface EntryPoint {
  readonly exposure: Exposure;
  readonly via: KubeObject | null;
  readonly path: string;
  readonly value: unknown;
  readonly message: string;
  /** Something known to ask for a sign-in stands in front. */
  readonly hasSignIn: boolean;
  /** Why it is not known whether it leads here at all, or for whom. */
  readonly untold?: string;
  /** What closes it in the workload itself, where one change does. */
  readonly closing?: PatchOp;
}

/** Worst first. */
export const byExposure = (a: Pick<EntryPoint, "exposure">, b: Pick<EntryPoint, "exposure">): number =>
  EXPOSURES.indexOf(a.exposure) - EXPOSURES.indexOf(b.exposure);

/** What is left of a reach where only some ranges may connect, whichever way they come in. */
export function limitReach(reach: Exposure, ranges: readonly string[]): Exposure {
  if (reach === "internal" || reach === "none" || ranges.length === 0 || ranges.some(isWorldCidr)) return reach;
  return ranges.every(isPrivateCidr) ? "internal" : "external-restricted";
}

/** Who may connect, as a sentence; empty where everybody may. */
export function sayRanges(ranges: readonly string[]): string {
  return ranges.length === 0 || ranges.some(isWorldCidr) ? "" : ` Only ${ranges.slice(0, 3).join(", ")}${ranges.length > 3 ? " and others" : ""} may connect.`;
}
