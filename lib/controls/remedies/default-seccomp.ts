import type { PodView } from "../../inventory/workloads/workload";
import { isRecord, record, text } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import { isAllowedProfileType } from "../../pod-security/profile-type";
import { remove, set } from "./ops";

/** RuntimeDefault (or the good profile that is there) for the pod, and no container that says otherwise. */
export function defaultSeccomp(pod: PodView): readonly PatchOp[] {
  const hasGoodPod = isAllowedProfileType(text(record(pod.securityContext.seccompProfile).type));
  const overrides = pod.containers.filter(({ securityContext }) => {
    const profile = securityContext.seccompProfile;
    return profile !== undefined && profile !== null && !(isRecord(profile) && isAllowedProfileType(text(profile.type)));
  });
  return [
    ...(hasGoodPod ? [] : [set(pod.at("securityContext.seccompProfile"), { type: "RuntimeDefault" })]),
    ...overrides.map((container) => remove(container.at("securityContext.seccompProfile"))),
  ];
}
