import "server-only";
import type { OwnControl } from "@/lib/model/own-control";
import { findOwnSubject } from "@/lib/controls/own/own-subject";
import { toOwnControl } from "@/lib/controls/own/own-control";
import { whyUnasked } from "@/lib/inventory/slice-kind";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import { isLost, type KindCoverage, whyUnread } from "@/lib/model/coverage";

function kindsOf(spec: OwnControl): readonly string[] {
  const { subject, reads } = toOwnControl(spec, () => 0);
  const onlyKind = findOwnSubject(spec.subject)?.onlyKind ?? null;
  const own = subject === "workload" ? (onlyKind === null ? WORKLOAD_KINDS : [onlyKind]) : [subject.slice("kind:".length)];
  return reads.includes("namespaces") ? [...own, "Namespace"] : own;
}

/** Why the snapshot does not show all that a control asks about, in one or two sentences; null when it does. What was read once is tried all the same. */
export function findTrialGap(spec: OwnControl, coverage: readonly KindCoverage[]): string | null {
  for (const kind of kindsOf(spec)) {
    const unasked = whyUnasked(kind);
    if (unasked !== null) return unasked;
    const own = coverage.filter((entry) => entry.kind === kind);
    const left = own.find(({ status }) => status === "left-out");
    if (left) return whyUnread(left);
    const gap = own.find(isLost);
    if (gap) return `${kind} objects were not read in this snapshot, so this is what was known of them before. ${gap.reason ?? ""}`.trim();
    if (kind !== "Namespace" && own.length > 0 && own.every(({ status }) => status === "absent")) return `This cluster serves no ${kind}.`;
  }
  return null;
}
