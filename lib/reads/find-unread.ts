import type { ResourceResponse } from "@/lib/contracts/resources";
import { listControls } from "@/lib/controls/registry";
import { isReadByKind, sliceKindOf } from "@/lib/inventory/slice-kind";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { isOutermost, toWorkloadKind, WORKLOAD_KINDS } from "@/lib/inventory/workload-kind";
import { isGap, isLost, type KindCoverage } from "@/lib/model/coverage";
import { apiGroup, type ResourceRef } from "@/lib/model/resource-ref";

/** Without what stands between pods and their owners, no workload is judged. */
function isBetween({ group, kind }: KindCoverage): boolean {
  const between = toWorkloadKind(group, kind);
  return between !== null && !isOutermost(between);
}

/** For objects of a snapshot with this coverage: the kind without which they could not be judged, and why; null for those that were. */
export function toFindUnread(coverage: readonly KindCoverage[]): (ref: Pick<ResourceRef, "apiVersion" | "kind">) => ResourceResponse["unread"] {
  const gaps = coverage.filter(isGap);
  const between = gaps.find(isBetween);
  return ({ apiVersion, kind }) => {
    if (gaps.length === 0) return null;
    const group = apiGroup({ apiVersion });
    const own = gaps.find((entry) => entry.kind === kind && entry.group === group);
    const gap = own ?? (toWorkloadKind(group, kind) === null ? undefined : between);
    return gap ? { kind: gap.kind, reason: gap.reason ?? "It could not be read." } : null;
  };
}

const RBAC = "rbac.authorization.k8s.io";
/** Filed under kinds of our own: never part of a workload. */
const OWN_GROUP = "concentric.dev";
const ACCOUNT = "/ServiceAccount";
const SLICES: readonly (readonly string[])[] = Object.values(SLICE_KINDS);
const SLICED: ReadonlySet<string> = new Set(SLICES.flat());
const RIGHTS: readonly string[] = [...SLICE_KINDS.roles, ...SLICE_KINDS.bindings];

/** Accounts are read, but what they may do is told from rights: each control of it says nothing of them without those. */
export function listAccountKeys(): readonly string[] {
  return listControls().flatMap(({ id, subject }) => (subject === "principal" ? [`${ACCOUNT} ${id}`] : []));
}

/** Kinds that this coverage names. */
export function listCoveredKinds(coverage: readonly KindCoverage[]): readonly string[] {
  return coverage.map(({ group, kind }) => `${group}/${kind}`);
}

/**
 * Why a snapshot with this coverage says nothing of a kind (`group/Kind`), or of a kind by one control (`group/Kind control`): what was refused or not
 * asked for of it, or of what it is told from. Null = it does say something.
 */
export function toFindLost(coverage: readonly KindCoverage[]): (key: string) => KindCoverage | null {
  const own = new Map(coverage.map((entry) => [`${entry.group}/${entry.kind}`, entry]));
  const lost = coverage.filter(isLost);
  const findOf = (kinds: readonly string[]): KindCoverage | undefined => lost.find((entry) => kinds.includes(sliceKindOf(entry)));
  // Of some slices each kind stands for itself.
  const ofSlices = new Map(SLICES.flatMap((kinds) => kinds.map((kind) => [kind, findOf(isReadByKind(kind) ? [kind] : kinds)] as const)));
  const [rights, between] = [findOf(RIGHTS), lost.find(isBetween)];
  const workloads = new Set<string>(WORKLOAD_KINDS);
  return (key) => {
    const [name = "", control] = key.split(" ");
    const [group = "", kind = ""] = name.split("/");
    const entry = own.get(name);
    if (entry && isLost(entry)) return entry;
    const isHolder = name === ACCOUNT ? control !== undefined : group === RBAC && (kind === "User" || kind === "Group");
    if (isHolder) return rights ?? null;
    if (SLICED.has(kind)) return ofSlices.get(kind) ?? ofSlices.get(sliceKindOf({ group, kind })) ?? null;
    return (workloads.has(kind) || (group !== OWN_GROUP && group !== RBAC) ? between : undefined) ?? null;
  };
}
