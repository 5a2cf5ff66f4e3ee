import type { ResourceResponse } from "@/lib/contracts/resources";
import { findControl, listControls } from "@/lib/controls/registry";
import { toldFrom } from "@/lib/engine/subjects";
import { findAskedSlice, isNeverListed, isReadByKind, sliceKindOf } from "@/lib/inventory/slice-kind";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { isOutermost, toWorkloadKind } from "@/lib/inventory/workloads/workload-kind";
import { isGap, isLost, type KindCoverage, whyUnread } from "@/lib/model/coverage";
import { apiGroup, type ResourceRef } from "@/lib/model/resource-ref";

/** Without what stands between pods and their owners, no workload is judged. */
function isBetween({ group, kind }: KindCoverage): boolean {
  const between = toWorkloadKind(group, kind);
  return between !== null && !isOutermost(between);
}

const RBAC = "rbac.authorization.k8s.io";
/** Filed under kinds of our own: never part of a workload. */
const OWN_GROUP = "concentric.dev";
export const ACCOUNT = "/ServiceAccount";
const SLICES = Object.values(SLICE_KINDS);

/** Whether a finding is told from rights alone, whatever is known of the account, user or group that it is filed under. */
function isOfRights(control: string | undefined): boolean {
  const found = control === undefined ? null : findControl(control);
  return found !== null && toldFrom(found.subject) !== null;
}

/** Each control that tells of accounts what it tells from rights: it goes on where accounts are refused, and says nothing where rights are. */
export function listAccountKeys(): readonly string[] {
  return listControls().flatMap(({ id, subject }) => (toldFrom(subject) ? [`${ACCOUNT} ${id}`] : []));
}

/** Whether such objects are told from pods, and from what stands between pods and their owners: neither listed under their own kind, nor identities. */
export function isOfPods(group: string, kind: string): boolean {
  return findAskedSlice(group, kind) === null && group !== OWN_GROUP && group !== RBAC;
}

/** Kinds that this coverage names. */
export function listCoveredKinds(coverage: readonly KindCoverage[]): readonly string[] {
  return coverage.map(({ group, kind }) => `${group}/${kind}`);
}

/** Kinds that this coverage names and an earlier one does not: the release of then asked no cluster for them. One that is not served is named. */
function listNeverAsked(earlier: readonly KindCoverage[], coverage: readonly KindCoverage[]): readonly KindCoverage[] {
  // Constraints have a kind for each template, and are asked for together.
  const nameOf = (entry: KindCoverage): string => `${entry.group}/${sliceKindOf(entry)}`;
  const asked = new Set(earlier.map(nameOf));
  // What is never listed is a root of pods, of then as of now.
  const never = coverage.filter((entry) => !asked.has(nameOf(entry)) && !isNeverListed(sliceKindOf(entry)));
  return never.map(({ reason: _, action: __, ...entry }) => ({ ...entry, status: "not-requested", objects: 0 }));
}

/**
 * Why a snapshot with this coverage says nothing of a kind (`group/Kind`), or of the findings of a control on it (`group/Kind control`): what was refused
 * or not asked for of it, or of what it is told from. Null = it does say something. `later` = the coverage of a later snapshot, which may know more kinds.
 */
export function toFindLost(coverage: readonly KindCoverage[], later: readonly KindCoverage[] = []): (key: string) => KindCoverage | null {
  const own = new Map([...coverage, ...listNeverAsked(coverage, later)].map((entry) => [`${entry.group}/${entry.kind}`, entry]));
  const lost = coverage.filter(isLost);
  const findOf = (kinds: readonly string[]): KindCoverage | undefined => lost.find((entry) => kinds.includes(sliceKindOf(entry)));
  // Of some slices each kind stands for itself.
  const ofSlices = new Map(SLICES.flatMap((kinds: readonly string[]) => kinds.map((kind) => [kind, findOf(isReadByKind(kind) ? [kind] : kinds)] as const)));
  const rights = findOf((toldFrom("principal") ?? []).flatMap((slice): readonly string[] => SLICE_KINDS[slice])) ?? null;
  const between = lost.find(isBetween) ?? null;
  return (key) => {
    const [name = "", control] = key.split(" ");
    const [group = "", kind = ""] = name.split("/");
    if (isOfRights(control) || (group === RBAC && (kind === "User" || kind === "Group"))) return rights;
    const entry = own.get(name);
    if (entry && isLost(entry)) return entry;
    return isOfPods(group, kind) ? between : (ofSlices.get(sliceKindOf({ group, kind })) ?? null);
  };
}

/**
 * For objects of a snapshot with this coverage: the kind without which they could not be judged, or not by one control, and why; null for those that were.
 * What nobody asked for is none.
 */
export function toFindUnread(
  coverage: readonly KindCoverage[],
): (ref: Pick<ResourceRef, "apiVersion" | "kind">, control?: string) => ResourceResponse["unread"] {
  const findLost = toFindLost(coverage.filter(isGap));
  return (ref, control) => {
    const kind = `${apiGroup(ref)}/${ref.kind}`;
    const gap = findLost(control === undefined ? kind : `${kind} ${control}`);
    return gap && { kind: gap.kind, reason: whyUnread(gap) };
  };
}
