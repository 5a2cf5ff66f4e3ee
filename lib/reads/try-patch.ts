import "server-only";
import { setImmediate } from "node:timers/promises";
import type { FindingPatch } from "@/lib/contracts/findings";
import type { AnyControl } from "@/lib/controls/define";
import { findControl } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import type { World } from "@/lib/inventory/context";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import type { State, Verdict } from "@/lib/model/verdict";
import { changeTallies, type Counted, type VerdictChange } from "@/lib/scoring/change-tallies";
import type { Posture } from "@/lib/scoring/posture";
import { carryForward } from "@/lib/scoring/tally";
import { loadStanding, type Standing } from "@/lib/store/findings/load-standing";
import type { FilledReader } from "./open-reader";
import type { PostureAt } from "./posture-at";
import type { RebuiltInventory } from "./rebuild-inventory";
import { type Attempt, findGround, findRightsGround, type Ground, listChanged, placeOf, type Proposal, toNarrowGround } from "./trial-ground";

export interface Trial extends Pick<FindingPatch, "proof" | "triedOn" | "untold"> {
  /**
   * Both postures with the patch; null where not all that it can change was judged, or where the snapshot says something else of it than what is judged
   * here.
   */
  readonly postures: readonly Posture[] | null;
}

type Verdicts = ReadonlyMap<string, Verdict>;

interface Judged {
  readonly before: Verdicts;
  /** Null = what is to be fixed does not fail before. */
  readonly after: Verdicts | null;
}

const FAILING: ReadonlySet<State> = new Set<State>(["fail", "subsumed"]);
/** States that are stored; of everything else nothing is. */
const STORED: ReadonlySet<State> = new Set<State>(["fail", "waived", "unknown", "manual"]);
/** Of these, what a finding stays once it cannot be told any more. */
const KEPT: ReadonlySet<State> = new Set<State>(["fail", "waived"]);

function keyOf(control: string, resource: ResourceRef, locator: string): string {
  return `${control} ${resourceKey(resource)} ${locator}`;
}

/** For so long nobody else is answered. */
const PAUSE_MS = 20;

/** Judges all that can differ: the changed objects by every control, those around them by the controls that look at such objects. */
async function judgeAround({ inventory, context }: World, { touched, isNear }: Ground, changed: ReadonlySet<string>): Promise<Verdicts> {
  const { own, around, covering } = touched;
  const isAround = new Set(around);
  const asked = new Set([...covering, ...around]);
  const all = [...new Set([...asked, ...own])];
  const choose = (ref: ResourceRef, controls: readonly AnyControl[]): readonly AnyControl[] => {
    if (changed.has(resourceKey(ref))) return controls;
    if (!isNear(ref)) return [];
    return controls.some((control) => isAround.has(control)) ? controls.filter((control) => asked.has(control)) : [];
  };
  const verdicts = new Map<string, Verdict>();
  await setImmediate(); // an inventory was made just now
  let pausedAt = performance.now();
  for (const verdict of judge(inventory, all, choose, context)) {
    verdicts.set(keyOf(verdict.control, verdict.resource, verdict.locator), verdict);
    if (performance.now() - pausedAt < PAUSE_MS) continue;
    await setImmediate();
    pausedAt = performance.now();
  }
  return verdicts;
}

function isSame(a: Verdict | undefined, b: Verdict | undefined): boolean {
  return a?.state === b?.state && a?.scope === b?.scope && (a?.state !== "fail" || a.severity === b?.severity);
}

/** Whether what was stored of a control and an object is what was judged of them here. */
function isAsStored(before: readonly Verdict[], stored: ReturnType<Standing["of"]>): boolean {
  const told = before.filter(({ state }) => STORED.has(state)).map(({ state, scope }) => `${state} ${scope}`);
  return stored.every(({ isStale }) => !isStale) && told.sort().join() === [...stored.map(({ state, scope }) => `${state} ${scope}`)].sort().join();
}

/** More objects than this help nobody. */
const ELSEWHERE = 5;

function toProof({ posture: { catalogue }, proposal: { subject } }: Attempt, before: Verdicts, after: Verdicts, own: string): Trial["proof"] {
  const fails = (verdicts: Verdicts, key: string): boolean => FAILING.has(verdicts.get(key)?.state ?? "pass");
  // What another failure covers from then on begins to fail with that one.
  const started = [...after].filter(([key, { state }]) => state === "fail" && !fails(before, key));
  const didNotApply = ([key]: (typeof started)[number]): boolean => (before.get(key)?.state ?? "not-applicable") === "not-applicable";
  const titleOf = ([, { control: id }]: (typeof started)[number]) => catalogue.find(id)?.title ?? id;
  const titlesOf = (verdicts: typeof started) => [...new Set(verdicts.map(titleOf))];
  const elsewhere = started.filter(([, { resource }]) => resourceKey(resource) !== resourceKey(subject));
  return {
    turnsGreen: after.get(own)?.state === "unknown" ? null : !fails(after, own),
    breaks: titlesOf(started.filter((one) => !didNotApply(one))),
    uncovers: titlesOf(started.filter(didNotApply)),
    elsewhere: elsewhere.slice(0, ELSEWHERE).map((one) => ({ title: titleOf(one), resource: one[1].resource, message: one[1].evidence[0]?.message ?? "" })),
    unmasks: titlesOf([...after].filter(([key, { state }]) => state === "fail" && before.get(key)?.state === "subsumed")),
  };
}

/** Told of a control and an object as it was stored: live pods, which are not remembered, can make it graver. */
function asStored(verdict: Verdict | undefined, standing: Standing): Verdict | null {
  const [only, ...others] = verdict?.state === "fail" ? standing.of(verdict.control, resourceKey(verdict.resource)) : [];
  return verdict && only && others.length === 0 ? { ...verdict, severity: only.severity } : (verdict ?? null);
}

/** An own control may use so much of a trial: where it could not be evaluated, that may be why, unless the scan could not either. */
function isUnsure({ control, resource, state }: Verdict, standing: Standing): boolean {
  return state === "unknown" && findControl(control) === null && !standing.of(control, resourceKey(resource)).some((stored) => stored.state === "unknown");
}

/** What cannot be told any more stays in the next snapshot as it last was. What is refused then was refused when this one graded. */
function asKept(before: Counted | null, after: Counted | null): Counted | null {
  return before !== null && after?.state === "unknown" && KEPT.has(before.state) ? { ...before, isStale: true } : after;
}

/** The keys of what is said otherwise with the patch. */
function listMoved(before: Verdicts, after: Verdicts): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => !isSame(before.get(key), after.get(key)));
}

/** On one namespace, where there is one and its objects tell all that moves; else on all objects. Null where they are too many. */
async function judgeWhole(
  place: string | null,
  find: (place: string | null) => Promise<Ground | null>,
  judgeOn: (ground: Ground) => Promise<Judged>,
): Promise<(Judged & { readonly ground: Ground }) | null> {
  for (const at of place === null ? [null] : [place, null]) {
    const ground = await find(at);
    if (!ground) return null;
    const { before, after } = await judgeOn(ground);
    const moved = after === null ? [] : listMoved(before, after).flatMap((key) => before.get(key) ?? after.get(key) ?? []);
    if (!moved.some(ground.isPart)) return { ground, before, after };
  }
  return null;
}

async function toPostures(reader: FilledReader, posture: PostureAt, before: Verdicts, after: Verdicts): Promise<readonly Posture[] | null> {
  const moved = listMoved(before, after);
  const verdictOf = (key: string) => before.get(key) ?? after.get(key);
  const verdicts = moved.flatMap((key) => verdictOf(key) ?? []);
  const ofOwn = [...before.values(), ...after.values()].filter(({ control }) => findControl(control) === null);
  const asked = [...verdicts, ...ofOwn];
  const standing = await loadStanding(reader.pool, reader.cluster.id, reader.at.seq, {
    keys: new Set(asked.map(({ resource }) => resourceKey(resource))),
    controls: new Set(asked.map(({ control }) => control)),
  });
  const pairOf = ({ control, resource }: Verdict): string => `${control} ${resourceKey(resource)}`;
  const told = Map.groupBy(before.values(), pairOf);
  const isKnown = verdicts.every((one) => isAsStored(told.get(pairOf(one)) ?? [], standing.of(one.control, resourceKey(one.resource))));
  if (!isKnown || ofOwn.some((one) => isUnsure(one, standing))) return null;
  const changes = moved.flatMap((key): VerdictChange[] => {
    const one = verdictOf(key);
    if (!one) return [];
    const was = asStored(before.get(key), standing);
    return [{ control: one.control, layer: one.layer, before: was, after: asKept(was, after.get(key) ?? null) }];
  });
  return posture.withTallies(carryForward(changeTallies(posture.tallies, changes, standing.failing), posture.tallies, new Set()));
}

const TOO_MUCH = "This control looks at more of the cluster than a page judges again.";
const UNTOLD = {
  all: null,
  rights: "What it changes for workloads, Secrets and others is not known: there are more of them than a page judges again.",
  object: "What else the patch changes is not known: there is more around this object than a page judges again.",
} as const;
const NOT_REMEMBERED = "The failure does not show in what is remembered of this snapshot; live pods are not.";

/** Why a finding cannot be seen to be fixed: it does not show from what is judged. */
function sayUntried(before: Verdicts, own: string, { control }: Proposal, isWhole: boolean): string {
  const verdict = before.get(own) ?? [...before.values()].find((one) => one.control === control.id && one.state === "unknown");
  if (verdict?.state === "unknown") return verdict.reason ?? TOO_MUCH;
  return verdict === undefined && !isWhole ? TOO_MUCH : NOT_REMEMBERED;
}

/**
 * Applies a patch to the snapshot, and judges again all that can differ; where that is too much for one page, all rights, or the subject alone, among
 * what is `rebuilt` for its control.
 */
export async function tryPatch({ reader, posture, proposal, body }: Omit<Attempt, "changed">, rebuilt: RebuiltInventory): Promise<Trial> {
  const attempt: Attempt = { reader, posture, proposal, body, changed: listChanged(proposal) };
  const keys = new Set([...attempt.changed, proposal.subject].map(resourceKey));
  const own = keyOf(proposal.control.id, proposal.subject, proposal.locator);
  const judgeOn = async (ground: Ground): Promise<Judged> => {
    const before = await judgeAround(ground.before(), ground, keys);
    const isFailing = FAILING.has(before.get(own)?.state ?? "pass");
    return { before, after: isFailing ? await judgeAround(ground.after(), ground, keys) : null };
  };
  const whole = await judgeWhole(placeOf(attempt), (place) => findGround(attempt, place), judgeOn);
  const part = async () => (await findRightsGround(attempt)) ?? (await toNarrowGround(attempt, rebuilt));
  const ground = whole?.ground ?? (await part());
  const { before, after } = whole ?? (await judgeOn(ground));
  if (after === null) return { proof: null, triedOn: null, untold: sayUntried(before, own, proposal, whole !== null), postures: null };
  const proof = toProof(attempt, before, after, own);
  const { triedOn } = ground;
  return { proof, triedOn, untold: UNTOLD[triedOn], postures: whole && (await toPostures(reader, posture, before, after)) };
}
