import type { PodView } from "../../inventory/workloads/workload";
import type { PatchOp } from "../../model/patch";
import { remove, set } from "./ops";

/** A user that no distribution gives to its own accounts. */
const PLAIN_UID = 10001;

/** Takes user 0 away wherever it is written; a container then inherits from the pod where that gives a user. */
export function leaveRoot(pod: PodView): readonly PatchOp[] {
  const ofPod = pod.securityContext.runAsUser;
  const inherits = ofPod !== undefined && ofPod !== null;
  return [
    ...(ofPod === 0 ? [set(pod.at("securityContext.runAsUser"), PLAIN_UID)] : []),
    ...pod.containers
      .filter(({ securityContext }) => securityContext.runAsUser === 0)
      .map((container) => (inherits ? remove(container.at("securityContext.runAsUser")) : set(container.at("securityContext.runAsUser"), PLAIN_UID))),
  ];
}
