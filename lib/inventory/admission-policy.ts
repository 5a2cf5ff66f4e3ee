import { type JsonRecord, texts } from "../model/json";
import type { KubeObject } from "./kube-object";

/** One policy of any engine, and whether it can refuse anything. */
export interface AdmissionPolicy {
  readonly object: KubeObject;
  /** Where `path` and `value` are, if not in the policy: the binding that says what becomes of it. */
  readonly source?: KubeObject;
  readonly engine: "Kyverno" | "Gatekeeper" | "ValidatingAdmissionPolicy" | "Sigstore policy-controller";
  readonly path: string;
  readonly value: unknown;
  /** null = it refuses; else why it does not. */
  readonly laxBecause: string | null;
  /** Why it may refuse nothing, although it looks as if it did; null = nothing of that kind. */
  readonly unsureBecause: string | null;
  /** That hangs on what was not read, so that it may refuse nothing at all; left out = it refuses what it sees. */
  readonly isUntold?: boolean;
  /** What it lets through all the same; null = nothing that is known. */
  readonly spares: string | null;
  /** It refuses what it can judge, and lets through what it cannot. */
  readonly failsOpen: boolean;
  /** By the labels of a namespace, whether it looks there; left out = it looks everywhere. */
  readonly seesNamespace?: (labels: Readonly<Record<string, string>>) => boolean;
  /** It looks at pods, or at what makes them. */
  readonly seesPods: boolean;
}

const POD_KINDS = /^(?:pods?|deployments?|daemonsets?|statefulsets?|replicasets?|jobs?|cronjobs?|replicationcontrollers?|\*)$/i;

export function isPodKind(kind: string): boolean {
  return POD_KINDS.test(kind);
}

const POD_MAKERS: Readonly<Record<string, readonly string[]>> = {
  "": ["pods", "replicationcontrollers"],
  apps: ["deployments", "daemonsets", "statefulsets", "replicasets"],
  batch: ["jobs", "cronjobs"],
};

/** Whether rules of admission see a pod, or what makes pods, when it is made. What they leave out is left to mean any. */
export function seesPodMakers(rules: readonly JsonRecord[]): boolean {
  const covers = (values: readonly string[], ...wanted: readonly string[]) =>
    values.length === 0 || values.includes("*") || wanted.some((item) => values.includes(item));
  return rules.some(
    (rule) =>
      covers(texts(rule.operations), "CREATE") &&
      Object.entries(POD_MAKERS).some(([group, resources]) => covers(texts(rule.apiGroups), group) && covers(texts(rule.resources), "*/*", ...resources)),
  );
}

/** `Kyverno policy baseline`; a kind that is called a policy says so itself. */
export function nameOf({ engine, object }: Pick<AdmissionPolicy, "engine" | "object">): string {
  return `${engine}${engine.endsWith("Policy") ? "" : " policy"} ${object.ref.name}`;
}
