import { isWrittenKind } from "../../inventory/slice-kind";
import { SLICE_KINDS } from "../../inventory/slices";
import { WORKLOAD_KINDS } from "../../inventory/workloads/workload-kind";
import type { SubjectKind } from "../subject";

/** What an own control is asked about. */
export interface OwnSubject {
  readonly kind: SubjectKind;
  /** What its expression can use; `object` is always the first. */
  readonly variables: readonly string[];
  /** Of a workload control: what it is asked once for. */
  readonly per: "workload" | "pod" | "container" | null;
  /** Only workloads of this kind. */
  readonly onlyKind: string | null;
}

/** Kinds other than workloads, by the name that objects carry. */
const OBJECT_KINDS: readonly string[] = Object.values(SLICE_KINDS).flat().filter(isWrittenKind).sort();

const OF_PODS = {
  workload: ["object", "pod", "namespaceObject"],
  pod: ["object", "namespaceObject"],
  container: ["object", "container", "containerType", "namespaceObject"],
} as const;

/** Reads what a control says of its subject, in any case; null when there is no such subject. */
export function findOwnSubject(name: string): OwnSubject | null {
  const wanted = name.trim().toLowerCase();
  for (const per of ["workload", "pod", "container"] as const) if (wanted === per) return { kind: "workload", variables: OF_PODS[per], per, onlyKind: null };
  const workloadKind = WORKLOAD_KINDS.find((kind) => kind.toLowerCase() === wanted);
  if (workloadKind) return { kind: "workload", variables: OF_PODS.workload, per: "workload", onlyKind: workloadKind };
  const kind = OBJECT_KINDS.find((known) => known.toLowerCase() === wanted);
  return kind ? { kind: `kind:${kind}`, variables: ["object", "namespaceObject"], per: null, onlyKind: null } : null;
}

/** Every subject that an own control can have, the common ones first. */
export function listOwnSubjects(): readonly string[] {
  return ["workload", "pod", "container", ...WORKLOAD_KINDS.filter((kind) => kind !== "Pod"), ...OBJECT_KINDS];
}
