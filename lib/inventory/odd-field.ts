import { isRecord, type JsonRecord } from "../model/json";
import type { KubeObject } from "./kube-object";

type Shape = "a list of objects" | "a list of texts" | "an object";
type Field = readonly [path: string, shape: Shape];

const RULES: readonly Field[] = [["rules", "a list of objects"]];
const SUBJECTS: readonly Field[] = [["subjects", "a list of objects"]];

/** Fields in which controls, and what stands on these objects, would see nothing wrong if they could not be read. Those further in come behind. */
const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  ClusterRole: RULES,
  ClusterRoleBinding: SUBJECTS,
  ConfigMap: [
    ["data", "an object"],
    ["binaryData", "an object"],
  ],
  Gateway: [["spec.listeners", "a list of objects"]],
  Ingress: [
    ["spec", "an object"],
    ["spec.rules", "a list of objects"],
    ["spec.tls", "a list of objects"],
  ],
  NetworkPolicy: [
    ["spec", "an object"],
    ["spec.policyTypes", "a list of texts"],
    ["spec.podSelector", "an object"],
    ["spec.podSelector.matchLabels", "an object"],
    ["spec.podSelector.matchExpressions", "a list of objects"],
    ["spec.ingress", "a list of objects"],
    ["spec.egress", "a list of objects"],
  ],
  Role: RULES,
  RoleBinding: SUBJECTS,
  Service: [
    ["spec", "an object"],
    ["spec.ports", "a list of objects"],
    ["spec.externalIPs", "a list of texts"],
  ],
};

function isOf(shape: Shape, value: unknown): boolean {
  if (shape === "an object") return isRecord(value);
  // An item that is null is an empty one.
  const isItem = shape === "a list of texts" ? (item: unknown) => typeof item === "string" : (item: unknown) => isRecord(item) || item === null;
  return Array.isArray(value) && value.every(isItem);
}

/** With the keys on the way to each: thousands of objects of one kind are looked through. */
const LOOKED_FOR = new Map(Object.entries(FIELDS).map(([kind, fields]) => [kind, fields.map(([path, shape]) => ({ path, shape, keys: path.split(".") }))]));

function valueAt(body: JsonRecord, keys: readonly string[]): unknown {
  let value: unknown = body;
  for (const key of keys) value = isRecord(value) ? value[key] : undefined;
  return value;
}

/** What the API server refuses of an object that is no workload, as a part of a sentence; null = nothing that is looked for here. */
export function findOddField({ ref, body }: Pick<KubeObject, "ref" | "body">): string | null {
  const odd = LOOKED_FOR.get(ref.kind)?.find(({ keys, shape }) => {
    const value = valueAt(body, keys);
    return value !== undefined && value !== null && !isOf(shape, value);
  });
  return odd ? `${odd.path} must be ${odd.shape}` : null;
}
