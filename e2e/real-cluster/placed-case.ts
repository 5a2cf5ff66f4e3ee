import type { AnyControl } from "@/lib/controls/define";
import type { ControlCase } from "@/lib/controls/testing";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { dig, isRecord, type JsonRecord, record, records, text } from "@/lib/model/json";
import type { ResourceRef } from "@/lib/model/resource-ref";
import { manifest, type Manifest } from "../world/manifest";
import { completeObject } from "./complete-object";

export const KEPT_NAMESPACES: readonly string[] = ["default", "kube-system", "kube-public", "kube-node-lease"];

/** A case of a control's own table, made ready for a server: in namespaces of its own, with the accounts that its pods name. */
export interface PlacedCase {
  readonly control: AnyControl;
  readonly state: "fail" | "pass";
  readonly testCase: ControlCase;
  /** In the order of creation. */
  readonly objects: readonly Manifest[];
  readonly namespaces: readonly string[];
  /** True when everything is in its namespaces, so that other cases beside it change nothing. */
  readonly isLocal: boolean;
}

const FIRST = ["Namespace", "CustomResourceDefinition", "PriorityClass", "RuntimeClass", "Node", "ServiceAccount", "ConfigMap", "Secret", "PersistentVolume"];
const GUARDS = [
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "MutatingWebhookConfiguration",
];
const LAST = ["Pod", ...GUARDS, "APIService"];

/** Whether the server asks it before it takes what controllers make. */
export const isGuard = ({ kind }: Manifest): boolean => GUARDS.includes(String(kind));

function isNamespaced({ apiVersion, kind, metadata }: JsonRecord): boolean {
  const known = BUILT_IN_RESOURCES.find((resource) => resource.kind === kind && String(apiVersion).startsWith(resource.group));
  return known ? known.namespaced : record(metadata).namespace !== undefined;
}

/** The same value with other texts in it, at any depth; keys stay. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)])) : value;
}

function podSpecsOf(object: JsonRecord): readonly JsonRecord[] {
  const paths = [["spec"], ["spec", "template", "spec"], ["spec", "jobTemplate", "spec", "template", "spec"]];
  return paths.map((path) => record(dig(object, ...path))).filter((spec) => Array.isArray(spec.containers));
}

/** A name by which a control knows what is in a namespace. */
export function hasMeaning(name: string): boolean {
  return name === "default" || name.startsWith("kube-") || name.endsWith("-system");
}

function rank({ kind }: Manifest): number {
  const first = FIRST.indexOf(String(kind));
  return first >= 0 ? first : FIRST.length + 1 + LAST.indexOf(String(kind));
}

export function placeCase(control: AnyControl, state: "fail" | "pass", testCase: ControlCase, suffix: string): PlacedCase {
  const used = new Set<string>();
  for (const object of testCase.objects) {
    if (object.kind === "Namespace") used.add(text(dig(object, "metadata", "name")) ?? "");
    else if (isNamespaced(object)) used.add(text(dig(object, "metadata", "namespace")) ?? "default");
    for (const subject of records(object.subjects)) if (subject.kind === "ServiceAccount") used.add(text(subject.namespace) ?? "default");
  }
  const own = [...used].filter((name) => !hasMeaning(name));
  const rename = (value: string) => {
    const found = own.find((name) => value === name || value === `system:serviceaccounts:${name}` || value.startsWith(`system:serviceaccount:${name}:`));
    return found === undefined ? value : value.replace(found, `${found}-${suffix}`);
  };
  const objects = testCase.objects.map((object) => completeObject(record(mapTexts(object, rename))));
  const namespaces = [...used].map((name) => (own.includes(name) ? `${name}-${suffix}` : name));
  const has = (kind: string, namespace: string | null, name: string) =>
    objects.some(({ kind: other, metadata }) => other === kind && record(metadata).name === name && (record(metadata).namespace ?? null) === namespace);
  const added: Manifest[] = namespaces.filter((name) => !has("Namespace", null, name)).map((name) => manifest("v1", "Namespace", null, name));
  for (const object of objects) {
    const namespace = text(dig(object, "metadata", "namespace")) ?? "default";
    for (const { serviceAccountName } of podSpecsOf(object)) {
      const name = text(serviceAccountName);
      if (name === undefined || name === "default" || has("ServiceAccount", namespace, name)) continue;
      if (!added.some(({ kind, metadata }) => kind === "ServiceAccount" && record(metadata).name === name && record(metadata).namespace === namespace))
        added.push(manifest("v1", "ServiceAccount", namespace, name));
    }
  }
  const all = [...added, ...objects].sort((a, b) => rank(a) - rank(b));
  return {
    control,
    state,
    testCase,
    objects: all,
    namespaces,
    isLocal:
      control.subject !== "cluster" &&
      own.length === used.size &&
      testCase.settings === undefined &&
      objects.every((object) => object.kind === "Namespace" || (isNamespaced(object) && records(object.subjects).length === 0)),
  };
}

/** Whether a verdict is about something that the case made. */
export function isOfCase({ objects, namespaces, testCase: { target } }: PlacedCase, { kind, namespace, name }: ResourceRef): boolean {
  if (kind === "Cluster") return true;
  const ownName = (wanted: string) => name === wanted || (kind === "Namespace" && name.startsWith(`${wanted}-c`));
  if (target !== undefined && (kind !== target.kind || !ownName(target.name))) return false;
  if (kind === "Namespace") return namespaces.includes(name);
  if (namespace !== null && !hasMeaning(namespace)) return namespaces.includes(namespace);
  const objectKind = kind === "StaticPod" ? "Pod" : kind;
  const isMade = objects.some(({ kind: made, metadata }) => made === objectKind && record(metadata).name === name);
  return isMade || objects.some(({ subjects }) => records(subjects).some((subject) => subject.kind === kind && subject.name === name));
}
