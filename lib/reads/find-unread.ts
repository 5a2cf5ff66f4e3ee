import type { ResourceResponse } from "@/lib/contracts/resources";
import { isOutermost, toWorkloadKind } from "@/lib/inventory/workload-kind";
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
