import type { KubeObject } from "./kube-object";

/** One policy of any engine, and whether it can refuse anything. */
export interface AdmissionPolicy {
  readonly object: KubeObject;
  readonly engine: "Kyverno" | "Gatekeeper" | "ValidatingAdmissionPolicy" | "Sigstore policy-controller";
  readonly path: string;
  readonly value: unknown;
  /** null = it refuses; else why it does not. */
  readonly laxBecause: string | null;
  /** Why it may refuse nothing, although it looks as if it did; null = nothing of that kind. */
  readonly unsureBecause: string | null;
  /** What it lets through all the same; null = nothing that is known. */
  readonly spares: string | null;
  /** It refuses what it can judge, and lets through what it cannot. */
  readonly failsOpen: boolean;
  /** It looks at pods, or at what makes them. */
  readonly seesPods: boolean;
}

const POD_KINDS = /^(?:pods?|deployments?|daemonsets?|statefulsets?|replicasets?|jobs?|cronjobs?|replicationcontrollers?|\*)$/i;

export function isPodKind(kind: string): boolean {
  return POD_KINDS.test(kind);
}
