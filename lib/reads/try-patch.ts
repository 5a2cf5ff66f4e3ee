import "server-only";
import { setImmediate } from "node:timers/promises";
import type { FindingPatch } from "@/lib/contracts/findings";
import type { AnyControl } from "@/lib/controls/define";
import { findControl } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import { patchObjects } from "@/lib/engine/patch-objects";
import { everyRead, findTouchedControls, type TouchedControls } from "@/lib/engine/touched-controls";
import type { Inventory } from "@/lib/inventory/inventory";
import type { SliceName } from "@/lib/inventory/slices";
import type { JsonRecord } from "@/lib/model/json";
import type { Patch } from "@/lib/model/patch";
import { type ResourceRef, resourceKey, toResourceRef } from "@/lib/model/resource-ref";
import type { State, Verdict } from "@/lib/model/verdict";
import { changeTallies, type Counted, type VerdictChange } from "@/lib/scoring/change-tallies";
import type { Posture } from "@/lib/scoring/posture";
import { carryForward } from "@/lib/scoring/tally";
import { loadStanding, type Standing } from "@/lib/store/findings/load-standing";
import { loadRights, RIGHTS_KINDS, RIGHTS_SLICES } from "./load-rights";
import { loadSurroundings } from "./load-surroundings";
import type { FilledReader } from "./open-reader";
import type { PostureAt } from "./posture-at";
import { createBuild, type RebuiltInventory } from "./rebuild-inventory";

export interface Proposal {
  readonly control: AnyControl;
  readonly subject: ResourceRef;
  readonly locator: string;
  readonly patch: Patch;
}

export interface Trial extends Pick<FindingPatch, "proof" | "triedOn" | "untold"> {
  /**
   * Both postures with the patch; null where not all that it can change was judged, or where the snapshot says something else of it than what is judged
   * here.
   */
  readonly postures: readonly Posture[] | null;
}

type Verdicts = ReadonlyMap<string, Verdict>;

const RIGHTS: ReadonlySet<SliceName> = new Set<SliceName>(RIGHTS_SLICES);
const FAILING: ReadonlySet<State> = new Set<State>(["fail", "subsumed"]);
/** States that are stored; of everything else nothing is. */
const STORED: ReadonlySet<State> = new Set<State>(["fail", "waived", "unknown", "manual"]);
/** Of these, what a finding stays once it cannot be told any more. */
const KEPT: ReadonlySet<State> = new Set<State>(["fail", "waived"]);

function keyOf(control: string, resource: ResourceRef, locator: string): string {
  return `${control} ${resourceKey(resource)} ${locator}`;
}

/** The objects that a patch changes, makes or deletes. */
function listChanged({ patch, subject }: Proposal): readonly ResourceRef[] {
  const target = patch.ops.length > 0 ? [patch.target ?? subject] : [];
  return [...target, ...(patch.create ?? []).map((object) => toResourceRef(object)), ...(patch.remove ?? [])];
}

/** The namespace that an object is in, or is. */
function homeOf({ kind, namespace, name }: ResourceRef): string | null {
  return kind === "Namespace" ? name : namespace;
}

/** The namespace that all of them are in, or are; null = there is no such. */
function placeOf(changed: readonly ResourceRef[], { control, subject }: Proposal): string | null {
  const places = new Set([...changed, subject].map(homeOf));
  const [place = null] = places;
  return places.size === 1 && control.subject !== "principal" ? place : null;
}

/** For so long nobody else is answered. */
const PAUSE_MS = 20;

/** Judges all that can differ: the changed objects by every control, those around them by the controls that look at such objects. */
async function judgeAround(
  inventory: Inventory,
  { own, around, covering }: TouchedControls,
  changed: ReadonlySet<string>,
  place: string | null,
): Promise<Verdicts> {
  const isAround = new Set(around);
  const asked = new Set([...covering, ...around]);
  const all = [...new Set([...asked, ...own])];
  const choose = (ref: ResourceRef, controls: readonly AnyControl[]): readonly AnyControl[] => {
    if (changed.has(resourceKey(ref))) return controls;
    if (place !== null && (homeOf(ref) ?? place) !== place) return [];
    return controls.some((control) => isAround.has(control)) ? controls.filter((control) => asked.has(control)) : [];
  };
  const verdicts = new Map<string, Verdict>();
  await setImmediate(); // an inventory was made just now
  let pausedAt = performance.now();
  for (const verdict of judge(inventory, all, choose)) {
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

function toProof({ catalogue }: PostureAt, before: Verdicts, after: Verdicts, own: string, subject: ResourceRef): Trial["proof"] {
  const fails = (verdicts: Verdicts, key: string): boolean => FAILING.has(verdicts.get(key)?.state ?? "pass");
  const started = [...after].filter(([key]) => fails(after, key) && !fails(before, key));
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

/** What cannot be told any more stays in the next snapshot as it last was. */
function asKept(before: Counted | null, after: Counted | null): Counted | null {
  return before !== null && after?.state === "unknown" && KEPT.has(before.state) ? { ...before, isStale: true } : after;
}

async function toPostures(reader: FilledReader, posture: PostureAt, before: Verdicts, after: Verdicts): Promise<readonly Posture[] | null> {
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter((key) => !isSame(before.get(key), after.get(key)));
  const verdictOf = (key: string) => before.get(key) ?? after.get(key);
  const verdicts = moved.flatMap((key) => verdictOf(key) ?? []);
  const ofOwn = [...before.values(), ...after.values()].filter(({ control }) => findControl(control) === null);
  const asked = [...verdicts, ...ofOwn];
  const standing = await loadStanding(reader.pool, reader.cluster.id, reader.at.seq, {
    keys: new Set(asked.map(({ resource }) => resourceKey(resource))),
    controls: new Set(asked.map(({ control }) => control)),
    idOf: (id) => posture.catalogue.find(id)?.id ?? id,
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
  return posture.withTallies(carryForward(changeTallies(posture.tallies, changes, standing.failing), posture.tallies));
}

/** What a patch is tried on. */
interface Ground {
  readonly triedOn: NonNullable<FindingPatch["triedOn"]>;
  readonly objects: readonly JsonRecord[];
  readonly build: RebuiltInventory["build"];
  readonly touched: TouchedControls;
  readonly place: string | null;
}

function toJudge({ objects, build, touched, place }: Ground, { subject, patch }: Proposal, changed: readonly ResourceRef[]) {
  const keys = new Set([...changed, subject].map(resourceKey));
  return {
    before: () => judgeAround(build(objects), touched, keys, place),
    after: () => judgeAround(build(patchObjects(objects, subject, patch)), touched, keys, place),
  };
}

function toTrialControls({ forTrial }: PostureAt["catalogue"], { own, around, covering }: TouchedControls): TouchedControls {
  const renewed = new Map([...own, ...around, ...covering].map((control) => [control.id, forTrial(control)]));
  const renew = (controls: readonly AnyControl[]) => controls.flatMap(({ id }) => renewed.get(id) ?? []);
  return { own: renew(own), around: renew(around), covering: renew(covering) };
}

/** All that can differ, and all that this looks at; null when it is too much for one page. */
async function findGround(
  reader: FilledReader,
  posture: PostureAt,
  proposal: Proposal,
  changed: readonly ResourceRef[],
  body: JsonRecord | null,
): Promise<Ground | null> {
  const touched = toTrialControls(posture.catalogue, findTouchedControls(posture.catalogue.list(), [...changed, proposal.subject]));
  const place = placeOf(changed, proposal);
  const found = await loadSurroundings(reader, new Set(Object.values(touched).flat().flatMap(everyRead)), place);
  if (!found) return null;
  const isThere = body === null || found.some((object) => resourceKey(toResourceRef(object)) === resourceKey(proposal.subject));
  return { triedOn: "all", objects: isThere ? found : [...found, body], build: await createBuild(reader, posture.coverage), touched, place };
}

/** Every role, binding, account and namespace, by the controls that look at nothing else; null for what is changed elsewhere, or when it is too much. */
async function findRightsGround(
  reader: FilledReader,
  posture: PostureAt,
  { control, subject }: Proposal,
  changed: readonly ResourceRef[],
): Promise<Ground | null> {
  const isOfRights = (one: AnyControl): boolean => everyRead(one).every((slice) => RIGHTS.has(slice));
  if (!isOfRights(control) || !changed.every(({ kind }) => RIGHTS_KINDS.has(kind))) return null;
  const objects = await loadRights(reader);
  if (!objects) return null;
  const touched = toTrialControls(posture.catalogue, findTouchedControls(posture.catalogue.list().filter(isOfRights), [...changed, subject]));
  return { triedOn: "rights", objects, build: await createBuild(reader, posture.coverage), touched, place: null };
}

/** The subject alone, by the controls that need no more than this one. */
async function toNarrowGround(reader: FilledReader, posture: PostureAt, { objects, slices }: RebuiltInventory, { control }: Proposal): Promise<Ground> {
  const own = posture.catalogue.list().filter((other) => other.subject === control.subject && everyRead(other).every((slice) => slices.has(slice)));
  const touched = toTrialControls(posture.catalogue, { own, around: [], covering: [] });
  return { triedOn: "object", objects, build: await createBuild(reader, posture.coverage), touched, place: null };
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
export async function tryPatch(
  reader: FilledReader,
  posture: PostureAt,
  rebuilt: RebuiltInventory,
  proposal: Proposal,
  body: JsonRecord | null,
): Promise<Trial> {
  const changed = listChanged(proposal);
  const whole = await findGround(reader, posture, proposal, changed, body);
  const ground = whole ?? (await findRightsGround(reader, posture, proposal, changed)) ?? (await toNarrowGround(reader, posture, rebuilt, proposal));
  const judged = toJudge(ground, proposal, changed);
  const own = keyOf(proposal.control.id, proposal.subject, proposal.locator);
  const before = await judged.before();
  if (!FAILING.has(before.get(own)?.state ?? "pass")) {
    return { proof: null, triedOn: null, untold: sayUntried(before, own, proposal, whole !== null), postures: null };
  }
  const after = await judged.after();
  const proof = toProof(posture, before, after, own, proposal.subject);
  const { triedOn } = ground;
  return { proof, triedOn, untold: UNTOLD[triedOn], postures: whole && (await toPostures(reader, posture, before, after)) };
}
