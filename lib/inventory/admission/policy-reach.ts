import type { AdmissionPolicy } from "./admission-policy";
import { type PolicyNamespace, placeOf } from "./policy-namespace";
import { defineView } from "../view";

/** The namespaces that policies are to guard. */
export interface GuardedNamespaces {
  readonly names: ReadonlySet<string>;
  readonly namespaces: readonly PolicyNamespace[];
  /** Part of a sentence: what each of them is. */
  readonly what: string;
}

/**
 * A policy guards nothing where nothing runs: the namespace of a scanner must not speak for the others. Before anything runs outside of the platform, each is
 * ready or not.
 */
export const guardedNamespacesView = defineView({
  reads: ["namespaces", "workloads"],
  compute: ({ slices }): GuardedNamespaces => {
    const inUse = new Set(slices.workloads.map(({ ref }) => ref.namespace));
    const ofWorkloads = slices.namespaces.filter((item) => item.scope === "workload");
    const running = ofWorkloads.filter((item) => inUse.has(item.ref.name));
    const [used, what] = running.length > 0 ? [running, "namespace in which something runs"] : [ofWorkloads, "namespace for workloads"];
    return {
      names: new Set(used.map(({ ref }) => ref.name)),
      namespaces: used.map(placeOf),
      what,
    };
  },
});

/** Whether something is for one of the namespaces; where none is known it may be. */
export function reaches({ namespaces }: Pick<GuardedNamespaces, "namespaces">, sees: (namespace: PolicyNamespace) => boolean): boolean {
  return namespaces.length === 0 || namespaces.some(sees);
}

/** Says of a policy that refuses nothing in any of them that it does not. */
export function whereGuarded(policy: AdmissionPolicy, guarded: GuardedNamespaces): AdmissionPolicy {
  const isIdle = policy.seesNamespace !== undefined && !reaches(guarded, policy.seesNamespace);
  if (isIdle && policy.unsureElsewhere) return { ...policy, unsureBecause: policy.unsureBecause ?? policy.unsureElsewhere };
  return isIdle ? { ...policy, laxBecause: policy.laxBecause ?? `it refuses nothing in any ${guarded.what}` } : policy;
}
