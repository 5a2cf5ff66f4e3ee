import { defineView } from "../../inventory/view";
import type { ResourceRef } from "../../model/resource-ref";
import { identityKey } from "./identity";
import type { Grant, Identity, Principal } from "./principal";
import { type BoundEntry, rbacIndexView } from "./rbac-index";

function toRef(identity: Identity): ResourceRef {
  const apiVersion = identity.kind === "ServiceAccount" ? "v1" : "rbac.authorization.k8s.io/v1";
  return { apiVersion, kind: identity.kind, namespace: identity.namespace, name: identity.name };
}

function toGrants({ binding, subjectIndex }: BoundEntry): readonly Grant[] {
  return (binding.role?.rules ?? []).map((rule, ruleIndex) => ({
    binding: binding.object.ref,
    subjectIndex,
    role: binding.roleRef,
    ruleIndex,
    rule,
    namespace: binding.namespace,
  }));
}

/** Every identity that a binding names, once per reach (cluster-wide, namespaced), with all rules that reach it there. */
export const principalsView = defineView({
  reads: ["roles", "bindings"],
  compute: (context): readonly Principal[] => {
    const index = context.view(rbacIndexView);
    const principals: Principal[] = [];
    for (const identity of index.identities.values()) {
      const entries = index.entries.get(identityKey(identity)) ?? [];
      for (const reach of ["cluster", "namespaced"] as const) {
        const own = entries.filter((entry) => (entry.binding.namespace === null) === (reach === "cluster"));
        if (own.length === 0) continue;
        const scope = own.every((entry) => entry.binding.object.scope === "platform") ? "platform" : "workload";
        principals.push({ ref: toRef(identity), identity, reach, scope, grants: own.flatMap(toGrants) });
      }
    }
    return principals;
  },
});
