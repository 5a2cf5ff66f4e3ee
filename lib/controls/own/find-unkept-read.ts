import { CHAINED_FIELD, CHAINED_INDEX } from "./expand-macros";
import { type CelNode, childrenOf } from "./cel-tree";
import { OPTIONAL_FIELD, OPTIONAL_INDEX } from "./rewrite-optionals";

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

const INDEXES: ReadonlySet<string> = new Set([OPTIONAL_FIELD, OPTIONAL_INDEX, CHAINED_FIELD, CHAINED_INDEX]);

/** The constant fields that lead from `object` to a node; null = it is no such chain. */
function pathOf(node: CelNode | undefined): readonly string[] | null {
  if (!node) return null;
  const { exprKind } = node;
  if (exprKind.case === "identExpr") return exprKind.value.name === "object" ? [] : null;
  if (exprKind.case === "selectExpr") {
    const above = pathOf(exprKind.value.operand);
    return above && [...above, exprKind.value.field];
  }
  if (exprKind.case !== "callExpr") return null;
  const { function: name, target, args } = exprKind.value;
  const [of, index] = name === "_[_]" ? args : INDEXES.has(name) ? [target, args[0]] : [];
  const above = pathOf(of);
  const key = index?.exprKind.case === "constExpr" ? index.exprKind.value.constantKind : undefined;
  return above && key?.case === "stringValue" ? [...above, key.value] : null;
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
