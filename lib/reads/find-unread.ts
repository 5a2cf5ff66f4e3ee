import type { ResourceResponse } from "@/lib/contracts/resources";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { isOutermost, toWorkloadKind, WORKLOAD_KINDS } from "@/lib/inventory/workload-kind";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
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
const SLICES: readonly (readonly string[])[] = Object.values(SLICE_KINDS);
const SLICED: ReadonlySet<string> = new Set(SLICES.flat());
const HOLDERS: readonly string[] = [`${RBAC}/User`, `${RBAC}/Group`, "/ServiceAccount"];
const RIGHTS: readonly string[] = [...SLICE_KINDS.roles, ...SLICE_KINDS.bindings];

/**
 * Which kinds (`group/Kind`) a snapshot with this coverage says nothing of: refused, not asked for, or told from others that were.
 */
export function toIsUnread(coverage: readonly KindCoverage[]): (kind: string) => boolean {
  const own = new Map(coverage.map((entry) => [`${entry.group}/${entry.kind}`, entry]));
  const lost = coverage.filter((entry) => isGap(entry) || entry.status === "not-requested");
  const lostKinds = new Set(lost.map(({ kind }) => kind));
  const hasLost = (kinds: readonly string[]): boolean => kinds.some((kind) => lostKinds.has(kind));
  const lostSlices = new Set(SLICES.filter(hasLost).flat());
  const hasNoRights = hasLost(RIGHTS);
  const hasNoWorkloads = lost.some(isBetween);
  const workloads = new Set<string>(WORKLOAD_KINDS);
  return (key) => {
    const [group = "", kind = ""] = key.split("/");
    const entry = own.get(key);
    if (entry && (isGap(entry) || entry.status === "not-requested")) return true;
    if (hasNoRights && HOLDERS.includes(key)) return true;
    if (SLICED.has(kind)) return lostSlices.has(kind);
    return hasNoWorkloads && (workloads.has(kind) || (group !== OWN_GROUP && group !== RBAC));
  };
}
