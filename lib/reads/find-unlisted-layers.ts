import type { SubjectKind } from "@/lib/controls/subject";
import { subjectKinds } from "@/lib/engine/needed-kinds";
import { sliceKindOf } from "@/lib/inventory/slice-kind";
import { isGap } from "@/lib/model/coverage";
import type { Layer } from "@/lib/model/layer";
import type { PostureAt } from "./posture-at";

/** What no namespace holds. */
const OUTSIDE = new Set<SubjectKind>([
  "cluster",
  "node",
  "webhook",
  "api-service",
  "certificate-signing-request",
  "security-context-constraints",
  "storage-class",
]);

/** Layers that judge what namespaces hold of a kind that was asked for in vain: that one holds none of it cannot be told. */
export function findUnlistedLayers({ catalogue, coverage }: Pick<PostureAt, "catalogue" | "coverage">): ReadonlySet<Layer> {
  const gaps = new Set(coverage.filter(isGap).map(sliceKindOf));
  const unlisted = catalogue.list().filter(({ subject, isRollUp }) => !isRollUp && !OUTSIDE.has(subject) && !subjectKinds(subject).isDisjointFrom(gaps));
  return new Set(unlisted.map(({ layer }) => layer));
}
