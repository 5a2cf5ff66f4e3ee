import { type JsonRecord, dig, isRecord, records, text, texts } from "../../model/json";

const OS_LABELS = ["kubernetes.io/os", "beta.kubernetes.io/os"] as const;

function pinsWindows(term: JsonRecord): boolean {
  return records(term.matchExpressions).some((expression) => {
    const values = texts(expression.values);
    return (
      OS_LABELS.some((label) => label === expression.key) && expression.operator === "In" && values.length > 0 && values.every((value) => value === "windows")
    );
  });
}

/** Terms are alternatives: the pod is pinned only when every one of them pins it. */
function affinityPinsWindows(spec: JsonRecord): boolean {
  const terms = dig(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
  return Array.isArray(terms) && terms.length > 0 && terms.every((term) => isRecord(term) && pinsWindows(term));
}

/** All that Pod Security admission looks at. */
export function saysWindows(spec: JsonRecord): boolean {
  return dig(spec, "os", "name") === "windows";
}

function selectedOs(holder: unknown): string | undefined {
  return OS_LABELS.map((label) => text(dig(holder, "nodeSelector", label))).find((value) => value !== undefined);
}

/** True for a RuntimeClass that sends its pods to Windows nodes: admission adds its node selector to theirs. */
export function isWindowsClass(runtimeClass: JsonRecord): boolean {
  return selectedOs(runtimeClass.scheduling) === "windows";
}

/** Operating system of a pod spec; `onWindowsNode` = its live pods run on Windows nodes, or its RuntimeClass sends them there. */
export function detectPodOs(spec: JsonRecord, onWindowsNode: boolean): "linux" | "windows" {
  const name = text(dig(spec, "os", "name"));
  if (name === "windows" || name === "linux") return name;
  const selected = selectedOs(spec);
  if (selected !== undefined) return selected === "windows" ? "windows" : "linux";
  return affinityPinsWindows(spec) || onWindowsNode ? "windows" : "linux";
}

/** True for a Node object that runs Windows. */
export function isWindowsNode(node: JsonRecord): boolean {
  const label = OS_LABELS.map((key) => text(dig(node, "metadata", "labels", key))).find((value) => value !== undefined);
  return (label ?? text(dig(node, "status", "nodeInfo", "operatingSystem"))) === "windows";
}
