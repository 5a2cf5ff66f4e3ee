import type { ResourceRef } from "../../model/resource-ref";
import { isAutopilotNode } from "../cloud/cloud-provider";
import { defineView } from "../view";

/** By what a platform itself refuses privileged pods, whatever labels and policies say. */
export interface PlatformGuard {
  /** The same for whoever makes a pod; else some people may be let through, which is not read. */
  readonly isForEverybody: boolean;
  readonly object: ResourceRef;
  /** One sentence. */
  readonly does: string;
}

const CONSTRAINTS = "securitycontextconstraints.security.openshift.io";

/** Null = no such platform is known. */
export const platformGuardView = defineView({
  reads: ["nodes", "customResourceDefinitions", "securityContextConstraints"],
  compute: ({ slices, isRead }): PlatformGuard | null => {
    const [node] = slices.nodes;
    // A cluster of another kind may have some nodes of this one.
    if (node && slices.nodes.every(isAutopilotNode))
      return { isForEverybody: true, object: node.ref, does: "GKE Autopilot refuses privileged pods in every namespace." };
    // Where nobody may read what is installed, the constraints themselves show it.
    const [some] = isRead("customResourceDefinitions") ? [] : slices.securityContextConstraints;
    const constraints = slices.customResourceDefinitions.find(({ ref }) => ref.name === CONSTRAINTS) ?? some;
    return constraints ? { isForEverybody: false, object: constraints.ref, does: "OpenShift applies its security context constraints to every pod." } : null;
  },
});
