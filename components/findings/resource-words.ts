import type { FindingRow } from "@/lib/contracts/findings";

/** "Deployment in payments", "ClusterRoleBinding" */
export function resourceWords({ kind, namespace }: FindingRow["resource"]): string {
  return namespace === null ? kind : `${kind} in ${namespace}`;
}

/** Tells objects of a list apart. */
export function resourceKeyOf({ apiVersion, kind, namespace, name }: FindingRow["resource"]): string {
  return `${apiVersion} ${kind} ${namespace ?? "-"} ${name}`;
}
