import { keyOf } from "./make-snapshot";
import type { Severity } from "@/lib/model/severity";
import { toDigest, toFingerprint } from "../digests";
import type { SettingsChange, SnapshotInput, VerdictInput } from "../commit/commit-input";

/** What people set: a limit that one control asks for, the weight of another, and whether a source is read. */
interface Rules {
  readonly release: 1 | 2 | 3;
  readonly limit: number;
  readonly isHeavy: boolean;
  readonly isOn: boolean;
}

/** One moment of a made-up cluster: objects as `kind/name`, with two fields. */
export interface Moment {
  readonly objects: ReadonlyMap<string, { readonly a: number; readonly b: number }>;
  readonly refused: ReadonlySet<string>;
  readonly rules: Rules;
}

type State = "fail" | "pass" | "subsumed" | "unknown" | "unread" | "absent" | "off";
export interface Judged {
  readonly state: State;
  readonly severity: Severity;
  readonly field: "a" | "b";
}

const KINDS = ["Deployment", "StatefulSet", "Source"] as const;
export const CONTROLS = ["release", "limited", "context", "late", "sourced", "weighed", "covered"] as const;
export type ControlName = (typeof CONTROLS)[number];

const kindOf = (object: string): string => object.split("/")[0] ?? "";
export const isRead = ({ refused, rules }: Moment, kind: string): boolean => !refused.has(kind) && (kind !== "Source" || rules.isOn);
export const isInForce = (control: ControlName, { release }: Rules): boolean => control !== "late" || release > 1;

/** What a control says of an object of `world` by `rules`, or why it says nothing. */
export function judgeOne(control: ControlName, object: string, world: Moment, rules: Rules = world.rules): Judged {
  const fields = world.objects.get(object);
  const [field, severity]: [Judged["field"], Severity] =
    control === "limited" || control === "covered"
      ? ["b", control === "covered" && fields?.a === 0 ? "high" : "medium"]
      : control === "weighed"
        ? ["a", rules.isHeavy ? "critical" : "low"]
        : ["a", control === "release" && rules.release === 3 ? "critical" : "high"];
  const as = (state: State): Judged => ({ state, severity, field });
  const isOff = kindOf(object) === "Source" && !rules.isOn;
  if (!isRead(world, kindOf(object)) || isOff) return as("unread");
  if (!fields) return as("absent");
  if (!isInForce(control, rules) || (control === "sourced") !== (kindOf(object) === "Source")) return as("off");
  const fails = (does: boolean): Judged => as(does ? "fail" : "pass");
  if (control === "release") return fails(fields.a >= (rules.release === 1 ? 3 : 2));
  if (control === "limited") return fails(fields.b > rules.limit);
  if (control === "covered") return as(fields.b < 1 ? "pass" : judgeOne("weighed", object, world, rules).state === "fail" ? "subsumed" : "fail");
  if (control === "context") return world.refused.has("Policy") ? as("unknown") : fails(fields.a > (world.objects.get("Policy/one")?.a ?? 0));
  return fails(fields.a >= 3);
}

function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A cluster that changes in every way that findings open, end and get worse by: always the same for one seed. */
export function makeMoments(seed: number, count: number): readonly Moment[] {
  const below = random(seed);
  const is = (chance: number): boolean => below(1_000) < chance * 1_000;
  const names = [...["cart", "web", "till"].map((name) => `Deployment/${name}`), "StatefulSet/db", "Source/node"];
  let objects: Map<string, { a: number; b: number }> = new Map(names.map((name) => [name, { a: below(4), b: below(4) }]));
  let refused: ReadonlySet<string> = new Set(is(0.3) ? ["Deployment"] : []);
  let rules: Rules = { release: 1, limit: 1, isHeavy: false, isOn: is(0.5) };
  return Array.from({ length: count }, (_, at): Moment => {
    if (at > 0 && is(0.6)) {
      objects = new Map(objects);
      for (const name of [...names, "Policy/one"]) {
        if (!is(0.25)) continue;
        if (is(0.3) && name !== "Policy/one") objects.delete(name);
        else objects.set(name, { a: below(4), b: (is(0.5) ? objects.get(name)?.b : undefined) ?? below(4) });
      }
    }
    if (at > 0 && is(0.3)) refused = new Set([...KINDS, "Policy"].filter(() => is(0.35)));
    if (at > 0 && is(0.25)) {
      const release = is(0.4) ? ([1, 2, 3] as const)[below(3)] : rules.release;
      rules = {
        release: release ?? 1,
        limit: is(0.4) ? below(3) : rules.limit,
        isHeavy: is(0.4) ? is(0.5) : rules.isHeavy,
        isOn: is(0.4) ? is(0.5) : rules.isOn,
      };
    }
    return { objects, refused, rules };
  });
}

const settingsOf = ({ limit, isHeavy, isOn }: Rules): string => JSON.stringify([limit, isHeavy, isOn]);

function toSettingsChange(now: Moment, then: Moment): SettingsChange | null {
  if (settingsOf(now.rules) === settingsOf(then.rules)) return null;
  const rules = { ...then.rules, release: now.rules.release };
  const isSame = rules.limit === now.rules.limit && rules.isOn === now.rules.isOn;
  const fails = CONTROLS.flatMap((control) =>
    [...now.objects.keys()].flatMap((object) => (judgeOne(control, object, now, rules).state === "fail" ? [fingerprintOf(control, object)] : [])),
  );
  return {
    failsByOld: isSame ? null : new Set(fails),
    isByRelease: false,
    isControlChanged: () => false,
    findRegrading: (id) => (id === "weighed" && then.rules.isHeavy !== now.rules.isHeavy ? "reweighted" : null),
  };
}

export const toKey = (object: string): string => keyOf(object.split("/")[1] ?? "", kindOf(object));
const fingerprintOf = (control: string, object: string): string => toFingerprint(control, toKey(object), "");

/** What the scan of the last of these moments hands to the store. */
export function toSnapshot(clusterId: number, moments: readonly Moment[], takenAt: Date): SnapshotInput {
  const now = moments.at(-1);
  if (!now) throw new TypeError("there is a moment");
  const seen = [...now.objects].filter(([object]) => isRead(now, kindOf(object)));
  const verdicts = CONTROLS.flatMap((control) =>
    seen.flatMap(([object]): VerdictInput[] => {
      const { state, severity, field } = judgeOne(control, object, now);
      if (kindOf(object) === "Policy" || (state !== "fail" && state !== "unknown")) return [];
      const evidence = JSON.stringify([{ path: field, value: null, message: "It fails." }]);
      return [
        {
          ...{ fingerprint: fingerprintOf(control, object), controlId: control, layer: "container", resourceKey: toKey(object), apiVersion: "apps/v1" },
          ...{ locator: "", scope: "workload", state, severity, reason: state === "unknown" ? "Not read." : null, evidence },
          digest: toDigest(`${state} ${severity} ${evidence}`),
        },
      ];
    }),
  );
  const before = moments.at(-2);
  const covered = (moment: Moment | undefined): ReadonlySet<string> =>
    new Set([...(moment?.objects.keys() ?? [])].flatMap((object) => (moment && judgeOne("covered", object, moment).state === "subsumed" ? toKey(object) : [])));
  const isCovered = new Set([...covered(now)].map((key) => toFingerprint("covered", key, "")));
  const kinds = [...KINDS, "Policy"];
  const lastRead = (kind: string): number | null => moments.slice(0, -1).findLastIndex((moment) => isRead(moment, kind)) + 1 || null;
  return {
    getWereCovered: () => ({ ofSubject: new Map([["weighed", ["covered"]]]), ofOthers: [], elsewhere: [] }),
    ...{ clusterId, startedAt: takenAt, trigger: "manual", kubeVersion: "1.36.0", scopeHash: settingsOf(now.rules) },
    catalogueVersion: `r${now.rules.release}`,
    isJudged: (id) => isInForce(id as ControlName, now.rules), // safe: all controls are of this catalogue
    settingsChangeSince: async (seq) => toSettingsChange(now, moments[seq - 1] ?? now),
    returnedKinds: new Map(before ? kinds.filter((kind) => isRead(now, kind) && !isRead(before, kind)).map((kind) => [`apps/${kind}`, lastRead(kind)]) : []),
    release: {
      isReleased: () => true,
      hasChanged: (evidence, old, fresh) => evidence.some(({ path }) => (old as Record<string, unknown>)[path] !== (fresh as Record<string, unknown>)[path]),
    },
    whyUnfixed: (fingerprint) => (isCovered.has(fingerprint) ? "subsumed" : null),
    coveredBy: ({ controlId, resourceKey }) =>
      controlId === "covered" && covered(before).size > 0 ? [{ fingerprint: toFingerprint("weighed", resourceKey, "") }] : [],
    staleKinds: new Map(kinds.filter((kind) => !isRead(now, kind)).map((kind) => [`apps/${kind}`, "Refused."])),
    resources: [
      seen.map(([object, fields]) => {
        const [kind = "", name = ""] = object.split("/");
        const body = JSON.stringify(fields);
        return {
          ...{ key: toKey(object), group: "apps", version: "v1", kind, namespace: "shop", name, scope: "workload" as const },
          ...{ digest: toDigest(body), body: () => body },
        };
      }),
    ],
    verdicts: [verdicts],
    finish: () => ({ takenAt, durationMs: 1, coverage: [...now.refused].sort(), facts: {}, tallies: [] }),
  };
}
