import { type JsonRecord, records, text } from "../../model/json";
import { apiGroup } from "../../model/resource-ref";
import { toWorkloadKind, type WorkloadKind } from "./workload-kind";

/** The controller of an object, from its owner references. */
export interface OwnerLink {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** null = a custom kind. */
  readonly builtIn: WorkloadKind | null;
}

export function findOwner(metadata: JsonRecord): OwnerLink | null {
  const reference = records(metadata.ownerReferences).find((item) => item.controller === true);
  const kind = text(reference?.kind);
  const name = text(reference?.name);
  if (!kind || !name) return null;
  const apiVersion = text(reference?.apiVersion) ?? "v1";
  return { apiVersion, kind, name, builtIn: toWorkloadKind(apiGroup({ apiVersion }), kind) };
}

/** Identity of a workload within a scan, whatever version it was read in. */
export function workloadKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** A custom owner keeps its group, so that two operators' kinds of one name stay apart. */
export function ownerKey(owner: OwnerLink, namespace: string): string {
  return workloadKey(owner.builtIn ?? `${apiGroup(owner)}/${owner.kind}`, namespace, owner.name);
}
