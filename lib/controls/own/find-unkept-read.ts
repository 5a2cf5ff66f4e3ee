import { type CelNode, childrenOf } from "../../cel/cel-tree";
import { readStep } from "../../cel/read-step";
import { findSlice } from "../../inventory/slice-kind";
import type { ObjectSliceName } from "../../inventory/slices";
import { LEFT_OUT_OF_NODE_STATUS } from "../../inventory/trim-object";
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

/** What leads from a variable of an expression into its value: the variable, and constant fields. */
type Way = readonly [variable: string, ...fields: string[]];

/** Null = the node is no such chain. */
function wayOf(node: CelNode): Way | null {
  if (node.exprKind.case === "identExpr") return [node.exprKind.value.name];
  const step = readStep(node);
  const above = step && wayOf(step.of);
  return above && step?.field != null ? [...above, step.field] : null;
}

/** A part of objects that is left out before they are kept, for it changes all the time or holds secrets. */
interface LeftOut {
  readonly fields: readonly [string, ...string[]];
  /** What clusters are asked for of it all the same. Left out = nothing. */
  readonly kept?: readonly (readonly string[])[];
}

const STATUS: readonly LeftOut[] = [{ fields: ["status"] }];

const KONG: readonly LeftOut[] = [
  ...STATUS,
  ...["consumerRef", "instance_name", "ordering", "protocols", "run_on"].map((field): LeftOut => ({ fields: [field] })),
  { fields: ["config"], kept: [["anonymous"], ["allow"], ["whitelist"]] },
];

/** By kind, where others of its slice are kept as they are. */
const LEFT_OUT_OF_KIND: Readonly<Record<string, readonly LeftOut[]>> = {
  BackendConfig: [...STATUS, { fields: ["spec"], kept: [["iap"], ["cdn", "signedUrlKeys"]] }],
  KongPlugin: KONG,
  KongClusterPlugin: KONG,
  Middleware: STATUS,
};

const LEFT_OUT: Partial<Record<ObjectSliceName, readonly LeftOut[]>> = {
  podDisruptionBudgets: STATUS,
  resourceQuotas: STATUS,
  nodeClasses: STATUS,
  tlsSettings: [{ fields: ["status"], kept: [["tlsProfile"]] }],
  releases: STATUS,
  customSettings: STATUS,
  operated: STATUS,
  secretStores: [
    { fields: ["spec"], kept: [["target"], ["externalSecretSpec", "target"]] },
    { fields: ["status"], kept: [["conditions"]] },
  ],
  secrets: [{ fields: ["data"] }, { fields: ["stringData"] }, { fields: ["immutable"] }],
  nodes: LEFT_OUT_OF_NODE_STATUS.map((field): LeftOut => ({ fields: ["status", field] })),
};

const startsWith = (path: readonly string[], start: readonly string[]): boolean => start.every((field, i) => path[i] === field);

/** Of what is read as a whole, or by names that are not written, any field may be meant; not where it is asked (`has`) whether it is there. */
function reads(path: readonly string[], { fields, kept = [] }: LeftOut, isAsked: boolean): boolean {
  if (path.length < fields.length) return !isAsked && startsWith(fields, path);
  return startsWith(path, fields) && !kept.some((start) => startsWith(path.slice(fields.length), start));
}

function partsOf(subject: SubjectKind): readonly LeftOut[] {
  if (subject === "workload") return STATUS;
  const kind = subject.slice("kind:".length);
  const slice = findSlice(kind);
  return (Object.hasOwn(LEFT_OUT_OF_KIND, kind) ? LEFT_OUT_OF_KIND[kind] : slice === null ? undefined : LEFT_OUT[slice]) ?? [];
}

interface UnkeptPart extends LeftOut {
  /** To what is read of it. */
  readonly way: string;
}

/** The parts of its objects that an expression reads and that are not kept. */
export function findUnkeptParts(root: CelNode, subject: SubjectKind): readonly UnkeptPart[] {
  return partsOf(subject).flatMap((part) => {
    const way = findRead(root, ([variable, ...path], isAsked) => (variable === "object" || variable === "pod") && reads(path, part, isAsked));
    return way === null ? [] : { ...part, way: way.length > part.fields.length ? way.join(".") : `${way[0]}.${part.fields.join(".")}` };
  });
}

/**
 * A field of `object` that an expression reads, and that is no pod's: of an owner that is known by its pods alone it was not read. "object" = it is read
 * as a whole, or by names that are not written. Null = there is none.
 */
export function findUnkeptRead(root: CelNode): string | null {
  return findRead(root, ([variable, ...path]) => variable === "object" && !isTold(path))?.join(".") ?? null;
}

/** The first way that an expression goes and that is wanted; of each it is told whether `has` asks for it. */
function findRead(node: CelNode, isWanted: (way: Way, isAsked: boolean) => boolean): Way | null {
  const way = wayOf(node);
  if (way !== null) return isWanted(way, node.exprKind.case === "selectExpr" && node.exprKind.value.testOnly) ? way : null;
  for (const below of childrenOf(node)) {
    const found = findRead(below, isWanted);
    if (found !== null) return found;
  }
  return null;
}
