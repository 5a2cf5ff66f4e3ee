import { type CelNode, childrenOf } from "../../cel/cel-tree";
import { readStep } from "../../cel/read-step";

/** Fields of a pod's spec, by the API of Kubernetes 1.36. */
const POD_FIELDS: ReadonlySet<string> = new Set([
  ...["activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "containers", "dnsConfig", "dnsPolicy", "enableServiceLinks", "ephemeralContainers"],
  ...["hostAliases", "hostIPC", "hostNetwork", "hostPID", "hostUsers", "hostname", "hostnameOverride", "imagePullSecrets", "initContainers", "nodeName"],
  ...["nodeSelector", "os", "overhead", "preemptionPolicy", "priority", "priorityClassName", "readinessGates", "resourceClaims", "resources", "restartPolicy"],
  ...["runtimeClassName", "schedulerName", "schedulingGates", "securityContext", "serviceAccount", "serviceAccountName", "setHostnameAsFQDN"],
  ...["shareProcessNamespace", "subdomain", "terminationGracePeriodSeconds", "tolerations", "topologySpreadConstraints", "volumes", "workloadRef"],
]);

/** What the pods of an owner tell of the owner itself. */
function isTold([first, second]: readonly string[]): boolean {
  if (first === "metadata") return second === "name" || second === "namespace";
  return first === "apiVersion" || first === "kind" || (first === "spec" && second !== undefined && POD_FIELDS.has(second));
}

/** The constant fields that lead from `object` to a node; null = it is no such chain. */
function pathOf(node: CelNode): readonly string[] | null {
  if (node.exprKind.case === "identExpr") return node.exprKind.value.name === "object" ? [] : null;
  const step = readStep(node);
  const above = step && pathOf(step.of);
  return above && step?.field != null ? [...above, step.field] : null;
}

/**
 * A field of `object` that an expression reads, and that is no pod's: of an owner that is known by its pods alone it was not read. "object" = it is read
 * as a whole, or by names that are not written. Null = there is none.
 */
export function findUnkeptRead(root: CelNode): string | null {
  const path = pathOf(root);
  if (path !== null) return isTold(path) ? null : ["object", ...path].join(".");
  for (const below of childrenOf(root)) {
    const found = findUnkeptRead(below);
    if (found !== null) return found;
  }
  return null;
}
