import { dig, type JsonRecord, list, record, records, text, textMap, texts } from "../model/json";
import type { KubeObject } from "./kube-object";
import { matchesSelector } from "./label-selector";
import { defineView } from "./view";

const CONTROL_PLANE_KEYS = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"] as const;

function isControlPlaneKey(key: unknown): boolean {
  return CONTROL_PLANE_KEYS.some((known) => known === key);
}

/** By its label or its taint. */
export function isControlPlaneNode(node: KubeObject): boolean {
  return (
    CONTROL_PLANE_KEYS.some((key) => Object.hasOwn(node.labels, key)) || records(dig(node.body, "spec", "taints")).some(({ key }) => isControlPlaneKey(key))
  );
}

/** The nodes of the control plane that the cluster shows. */
export const controlPlaneNodesView = defineView({ reads: ["nodes"], compute: ({ slices }) => slices.nodes.filter(isControlPlaneNode) });

/** Whether a toleration lifts the taint that keeps workloads off the control plane: by its key, or every key. */
export function toleratesControlPlane(toleration: JsonRecord): boolean {
  const key = text(toleration.key) ?? "";
  const isForEffect = toleration.effect === undefined || toleration.effect === null || toleration.effect === "" || toleration.effect === "NoSchedule";
  if (!isForEffect) return false;
  if (key === "") return toleration.operator === "Exists";
  return isControlPlaneKey(key) && (toleration.operator === "Exists" || (text(toleration.value) ?? "") === "");
}

/** The toleration of a pod spec that lifts it, with its index. */
export function listControlPlaneTolerations(spec: JsonRecord): readonly { readonly index: number; readonly toleration: JsonRecord }[] {
  return list(spec.tolerations).flatMap((item, index) => {
    const toleration = record(item);
    return Object.keys(toleration).length > 0 && toleratesControlPlane(toleration) ? [{ index, toleration }] : [];
  });
}

function matchesExpression(expression: JsonRecord, labels: Readonly<Record<string, string>>): boolean {
  if (expression.operator !== "Gt" && expression.operator !== "Lt") return matchesSelector({ matchExpressions: [expression] }, labels);
  const value = Number(labels[text(expression.key) ?? ""] ?? Number.NaN);
  const bound = Number(texts(expression.values)[0] ?? Number.NaN);
  return expression.operator === "Gt" ? value > bound : value < bound;
}

function matchesTerm(term: JsonRecord, node: KubeObject): boolean {
  const expressions = records(term.matchExpressions);
  const fields = records(term.matchFields);
  if (expressions.length + fields.length === 0) return false;
  return (
    expressions.every((expression) => matchesExpression(expression, node.labels)) &&
    fields.every((field) => matchesSelector({ matchExpressions: [field] }, { "metadata.name": node.ref.name }))
  );
}

/** Whether node selector and required node affinity let the pod onto the node; taints are another question. */
export function isPlaceable(spec: JsonRecord, node: KubeObject): boolean {
  const selected = Object.entries(textMap(spec.nodeSelector)).every(([key, value]) => node.labels[key] === value);
  const terms = dig(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
  if (!selected || !Array.isArray(terms) || terms.length === 0) return selected;
  return records(terms).some((term) => matchesTerm(term, node));
}
