import { isWholeCluster } from "@/lib/model/resource-ref";
import type { FindingRow } from "@/lib/contracts/findings";

/** Below the name: "Deployment in payments", "ClusterRoleBinding"; below "cluster": "as a whole". */
export function resourceWords(resource: FindingRow["resource"]): string {
  const { kind, namespace } = resource;
  if (isWholeCluster(resource)) return "as a whole";
  return namespace === null ? kind : `${kind} in ${namespace}`;
}

/** Tells objects of a list apart. */
export function resourceKeyOf({ apiVersion, kind, namespace, name }: FindingRow["resource"]): string {
  return `${apiVersion} ${kind} ${namespace ?? "-"} ${name}`;
}
