import { type CelNode, childrenOf } from "../../cel/cel-tree";
import { readStep } from "../../cel/read-step";
import { findSlice } from "../../inventory/slice-kind";
import { type ObjectSliceName, SECRET_MAKERS } from "../../inventory/slices";
import type { SubjectKind } from "../subject";

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

/** A part of objects that is left out before they are kept, for it changes all the time or holds secrets, by the slice of their kind. */
const LEFT_OUT: Partial<Record<ObjectSliceName, string>> = {
  podDisruptionBudgets: "status",
  resourceQuotas: "status",
  nodeClasses: "status",
  tlsSettings: "status",
  releases: "status",
  customSettings: "status",
  operated: "status",
  secretStores: "spec",
};

/** Of a spec that is left out, what is kept all the same. */
const isKept = ([, second]: readonly string[], kind: string): boolean => second === "target" && SECRET_MAKERS.some((maker) => maker === kind);

/** A part of its objects that an expression reads and that is not kept, and the way to what it reads of it; null = it reads none. */
export function findUnkeptPart(root: CelNode, subject: SubjectKind): { readonly field: string; readonly path: string } | null {
  const kind = subject.slice("kind:".length);
  const slice = findSlice(kind);
  const field = subject === "workload" ? "status" : slice === null ? undefined : LEFT_OUT[slice];
  if (field === undefined) return null;
  const path = findRead(root, (steps) => steps[0] === field && !isKept(steps, kind));
  return path === null ? null : { field, path };
}

/**
 * A field of `object` that an expression reads, and that is no pod's: of an owner that is known by its pods alone it was not read. "object" = it is read
 * as a whole, or by names that are not written. Null = there is none.
 */
export function findUnkeptRead(root: CelNode): string | null {
  return findRead(root, (path) => !isTold(path));
}

/** The first way from `object` that an expression goes and that is wanted. */
function findRead(node: CelNode, isWanted: (path: readonly string[]) => boolean): string | null {
  const path = pathOf(node);
  if (path !== null) return isWanted(path) ? ["object", ...path].join(".") : null;
  for (const below of childrenOf(node)) {
    const found = findRead(below, isWanted);
    if (found !== null) return found;
  }
  return null;
}
