import { accessManifests, serviceAccountManifests } from "./access";
import { configurationManifests } from "./configuration";
import type { Manifest } from "./manifest";
import { namespaceLimitManifests, namespaceManifests } from "./namespaces";
import { ingressManifests, networkPolicyManifests, serviceManifests } from "./network";
import { nodeManifests } from "./nodes";
import { baselineWorkloadManifests, hardenedWorkloadManifests, legacyWorkloadManifests, otherWorkloadManifests } from "./workloads";

/** A small company's cluster, in an order in which it can be applied. */
export function worldManifests(): readonly Manifest[] {
  return [
    ...namespaceManifests(),
    ...nodeManifests(),
    ...namespaceLimitManifests(),
    ...serviceAccountManifests(),
    ...accessManifests(),
    ...configurationManifests(),
    ...networkPolicyManifests(),
    ...serviceManifests(),
    ...ingressManifests(),
    ...workloadManifests(),
  ];
}

function workloadManifests(): readonly Manifest[] {
  return [...hardenedWorkloadManifests(), ...baselineWorkloadManifests(), ...legacyWorkloadManifests(), ...otherWorkloadManifests()];
}
