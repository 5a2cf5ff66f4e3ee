import { dig, type JsonRecord, list, record, records, text, textMap, texts } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { matchesSelector } from "../labels/label-selector";
import { defineView } from "../view";

const CONTROL_PLANE_KEYS = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"] as const;

function isControlPlaneKey(key: unknown): boolean {
  return CONTROL_PLANE_KEYS.some((known) => known === key);
}

/** By its label or its taint; clusters before 1.24 gave others. */
export function isControlPlaneNode(node: KubeObject): boolean {
  return (
    CONTROL_PLANE_KEYS.some((key) => Object.hasOwn(node.labels, key)) || records(dig(node.body, "spec", "taints")).some(({ key }) => isControlPlaneKey(key))
  );
}

/** The nodes of the control plane that the cluster shows. */
export const controlPlaneNodesView = defineView({ reads: ["nodes"], compute: ({ slices }) => slices.nodes.filter(isControlPlaneNode) });

const KEEPING_OFF = ["NoSchedule", "NoExecute"];
/** What installers put on such a node: taken for one that wears only the label. */
const USUAL_TAINTS: readonly JsonRecord[] = CONTROL_PLANE_KEYS.map((key) => ({ key, effect: "NoSchedule" }));

/** The taints that keep workloads off a node of the control plane. */
export function listControlPlaneTaints(node: KubeObject): readonly JsonRecord[] {
  return records(dig(node.body, "spec", "taints")).filter(({ key, effect }) => isControlPlaneKey(key) && KEEPING_OFF.includes(text(effect) ?? ""));
}

/** As the scheduler compares them: no effect = every effect, no key = every key where the operator is Exists, no operator = Equal. */
function tolerates(toleration: JsonRecord, taint: JsonRecord): boolean {
  const effect = text(toleration.effect) || taint.effect;
  const key = text(toleration.key) ?? "";
  if (effect !== taint.effect || (key !== "" && key !== taint.key)) return false;
  if (toleration.operator === "Exists") return true;
  const isEqual = (text(toleration.operator) || "Equal") === "Equal";
  return key !== "" && isEqual && (text(toleration.value) ?? "") === (text(taint.value) ?? "");
}

/** The tolerations of a pod spec that lift what keeps workloads off a node of the control plane, with their indexes; none where one of its taints stays. */
export function listControlPlaneTolerations(spec: JsonRecord, node: KubeObject | null): readonly { readonly index: number; readonly toleration: JsonRecord }[] {
  const tolerations = list(spec.tolerations).map((item, index) => ({ index, toleration: record(item) }));
  const taints = node ? listControlPlaneTaints(node) : [];
  const isLifted = taints.every((taint) => tolerations.some(({ toleration }) => tolerates(toleration, taint)));
  if (!isLifted) return [];
  return tolerations.filter(({ toleration }) => (taints.length > 0 ? taints : USUAL_TAINTS).some((taint) => tolerates(toleration, taint)));
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
