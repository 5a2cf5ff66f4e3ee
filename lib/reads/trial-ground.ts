import "server-only";
import { setImmediate } from "node:timers/promises";
import type { FindingPatch } from "@/lib/contracts/findings";
import type { AnyControl } from "@/lib/controls/define";
import { patchObjects } from "@/lib/engine/patch-objects";
import { everyRead, findTouchedControls, type TouchedControls } from "@/lib/engine/touched-controls";
import { powerView } from "@/lib/graph/rbac/power";
import type { Identity } from "@/lib/graph/rbac/principal";
import { rbacIndexView } from "@/lib/graph/rbac/rbac-index";
import { findTouchedRights, type TouchedRights } from "@/lib/graph/rbac/touched-rights";
import type { World } from "@/lib/inventory/context";
import { isLost } from "@/lib/model/coverage";
import type { JsonRecord } from "@/lib/model/json";
import type { Patch } from "@/lib/model/patch";
import { type ResourceRef, resourceKey, toResourceRef } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import { loadSurroundings } from "./load-surroundings";
import type { FilledReader } from "./open-reader";
import type { PostureAt } from "./posture-at";
import { RIGHTS_KINDS } from "./load-rights";
import { loadTriedRbac, type RbacAt } from "./rbac-at";
import { createBuild, type RebuiltInventory, toWorld } from "./rebuild-inventory";
import { findInRights, isOfRights, looksAtRights, RBAC_KINDS } from "./with-rights";

export interface Proposal {
  readonly control: AnyControl;
  readonly subject: ResourceRef;
  readonly locator: string;
  readonly patch: Patch;
}

/** A patch that is tried on the snapshot of a page. */
export interface Attempt {
  readonly reader: FilledReader;
  readonly posture: PostureAt;
  readonly proposal: Proposal;
  /** The object of the proposal; null where it is none that is stored. */
  readonly body: JsonRecord | null;
  /** The objects that the patch changes, makes or deletes. */
  readonly changed: readonly ResourceRef[];
}

/** What a patch is tried on. */
export interface Ground {
  readonly triedOn: NonNullable<FindingPatch["triedOn"]>;
  readonly before: () => World;
  readonly after: () => World;
  readonly touched: TouchedControls;
  /** Whether what is said of an object beside those that are changed can differ. */
  readonly isNear: (ref: ResourceRef) => boolean;
  /** Whether a verdict hangs on objects that are not among these: what is in no namespace is judged by those of all of them. */
  readonly isPart: (verdict: Pick<Verdict, "control" | "resource">) => boolean;
}

/** The objects that a patch changes, makes or deletes. */
export function listChanged({ patch, subject }: Pick<Proposal, "patch" | "subject">): readonly ResourceRef[] {
  const target = patch.ops.length > 0 ? [patch.target ?? subject] : [];
  return [...target, ...(patch.create ?? []).map((object) => toResourceRef(object)), ...(patch.remove ?? [])];
}

/** The namespace that an object is in, or is. */
function homeOf({ kind, namespace, name }: ResourceRef): string | null {
  return kind === "Namespace" ? name : namespace;
}

/** The namespace that all of them are in, or are; null = there is no such. */
export function placeOf({ changed, proposal: { control, subject } }: Attempt): string | null {
  const places = new Set([...changed, subject].map(homeOf));
  const [place = null] = places;
  return places.size === 1 && control.subject !== "principal" ? place : null;
}

function toTrialControls({ forTrial }: PostureAt["catalogue"], { own, around, covering }: TouchedControls): TouchedControls {
  const renewed = new Map([...own, ...around, ...covering].map((control) => [control.id, forTrial(control)]));
  const renew = (controls: readonly AnyControl[]) => controls.flatMap(({ id }) => renewed.get(id) ?? []);
  return { own: renew(own), around: renew(around), covering: renew(covering) };
}

function isOfRbac(changed: readonly ResourceRef[]): boolean {
  return changed.every(({ kind }) => RBAC_KINDS.has(kind));
}

function findTouched(before: World, after: World): TouchedRights {
  const [old, now] = [before, after].map(({ context }) => ({ index: context.view(rbacIndexView), power: context.view(powerView) }));
  if (!old || !now) throw new TypeError("both worlds have rights");
  return findTouchedRights(old, now);
}

/** Whether no account of another namespace is this one, or may be in this group. */
function staysIn(place: string, { kind, namespace, name }: Identity): boolean {
  if (kind === "ServiceAccount") return namespace === place;
  return kind === "User" || name === `system:serviceaccounts:${place}` || !(name === "system:authenticated" || name.startsWith("system:serviceaccounts"));
}

/** Whether what a patch changes in a namespace can count for accounts of others: they hold rights there, or the rights themselves change. */
function reachesOut(place: string, changed: readonly ResourceRef[], rights: RbacAt, { before, after }: Pick<Ground, "before" | "after">): boolean {
  if (changed.some(({ kind }) => RBAC_KINDS.has(kind))) return findTouched(before(), after()).identities.some((identity) => !staysIn(place, identity));
  if (!changed.some(({ kind }) => kind === "Namespace")) return false;
  return rights.index.bindings.some(({ namespace, identities }) => namespace === place && identities.some((identity) => identity && !staysIn(place, identity)));
}

/** A world that is asked for twice is made once. */
function once(make: () => World): () => World {
  let made: World | null = null;
  return () => (made ??= make());
}

/** Pods are not remembered: what is foretold of them holds wherever they are. */
async function createTrialBuild(...asked: Parameters<typeof createBuild>): Promise<RebuiltInventory["build"]> {
  const build = await createBuild(...asked);
  return (objects) => ({ ...build(objects), arePodsAnywhere: true });
}

/** All that can differ, and all that this looks at, of one namespace where a `place` is given; null when it is too much for one page. */
export async function findGround({ reader, posture, proposal: { subject, patch }, changed, body }: Attempt, place: string | null): Promise<Ground | null> {
  const touched = toTrialControls(posture.catalogue, findTouchedControls(posture.catalogue.list(), [...changed, subject]));
  const asked = Object.values(touched).flat();
  // What accounts of one namespace may do is said in all of them.
  const needsRights = place !== null && asked.some(looksAtRights);
  const rights = needsRights ? await loadTriedRbac(reader) : null;
  if (needsRights && rights === null) return null;
  const found = await loadSurroundings(reader, new Set(asked.flatMap(everyRead)), place);
  if (!found) return null;
  const isThere = body === null || found.some((object) => resourceKey(toResourceRef(object)) === resourceKey(subject));
  const objects = isThere ? found : [...found, body];
  const build = await createTrialBuild(reader, posture.coverage);
  const worlds = {
    before: once(() => toWorld(build(objects), rights)),
    after: once(() => toWorld(build(patchObjects(objects, subject, patch)), rights, new Set(changed.map(resourceKey)))),
  };
  if (place !== null && rights && reachesOut(place, changed, rights, worlds)) return null;
  const isNear = (ref: ResourceRef): boolean => place === null || (homeOf(ref) ?? place) === place;
  const ofRights = new Set(asked.filter(isOfRights).map(({ id }) => id));
  const isPart: Ground["isPart"] = ({ control, resource }) => place !== null && homeOf(resource) === null && !ofRights.has(control);
  return { triedOn: "all", ...worlds, touched, isNear, isPart };
}

/** Every role and binding, by the controls that look at nothing else; null for what is changed elsewhere, was not read, or is too much. */
export async function findRightsGround({ reader, posture, proposal: { control, subject, patch }, changed }: Attempt): Promise<Ground | null> {
  const isRead = !posture.coverage.some((entry) => RIGHTS_KINDS.has(entry.kind) && isLost(entry));
  const rights = isRead && isOfRights(control) && isOfRbac(changed) ? await loadTriedRbac(reader) : null;
  if (!rights) return null;
  const touched = toTrialControls(posture.catalogue, findTouchedControls(posture.catalogue.list().filter(isOfRights), [...changed, subject]));
  const build = await createBuild(reader);
  const keys = new Set(changed.map(resourceKey));
  const before = toWorld(build([]), rights);
  const after = toWorld(build(patchObjects(findInRights(rights, keys), subject, patch)), rights, keys);
  await setImmediate(); // others are answered before all rights are joined anew
  const { keys: near } = findTouched(before, after);
  return { triedOn: "rights", before: () => before, after: () => after, touched, isNear: (ref) => near.has(resourceKey(ref)), isPart: () => false };
}

/** The subject alone, by the controls that need no more than this one. */
export async function toNarrowGround({ reader, posture, proposal: { control, subject, patch }, changed }: Attempt, rebuilt: RebuiltInventory): Promise<Ground> {
  const { objects, rights, slices } = rebuilt;
  const own = posture.catalogue.list().filter((other) => other.subject === control.subject && everyRead(other).every((slice) => slices.has(slice)));
  const touched = toTrialControls(posture.catalogue, { own, around: [], covering: [] });
  const build = await createTrialBuild(reader, posture.coverage);
  const keys = new Set(changed.map(resourceKey));
  const known = rights ? [...objects, ...findInRights(rights, keys)] : objects;
  return {
    triedOn: "object",
    before: () => toWorld(build(objects), rights),
    after: () => toWorld(build(patchObjects(known, subject, patch)), rights, keys),
    touched,
    isNear: () => false,
    isPart: () => false,
  };
}
