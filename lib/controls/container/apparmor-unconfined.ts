import { isRecord, record, text } from "../../model/json";
import { appArmorProfile } from "../../pod-security/checks/app-armor-profile";
import { judgeCheck } from "../../pod-security/judge-check";
import { isAllowedProfileType } from "../../pod-security/profile-type";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { remove, removeAnnotations, set } from "../remedies/ops";

export default defineControl({
  id: "apparmor-unconfined",
  layer: "container",
  severity: "medium",
  title: "No container switches AppArmor off",
  failure: "switches AppArmor off",
  why: "On nodes with AppArmor the default profile keeps a container from mounting filesystems, writing to /proc and /sys, and tracing other processes. Unconfined removes all of that.",
  action: "Switch AppArmor back on",
  fix: "Set `appArmorProfile.type: RuntimeDefault` or remove it, and delete annotations that say `unconfined`. Fields and annotations both count, also an annotation for a container that does not exist.",
  verify: `${containersCommand(".securityContext.appArmorProfile.type", {
    pod: ".spec.securityContext.appArmorProfile.type",
    annotations: ".metadata.annotations",
  })} | grep -iE '[=:"]unconfined'`,
  lookFor: "`Unconfined` for a pod or a container, or `unconfined` in an annotation. No output: none switches AppArmor off.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/appArmorProfile"], cis: ["5.6.3"], nsa: ["PE", "HC"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tutorials/security/apparmor/", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged"],
  check: ({ pod }, context) => judgeCheck(appArmorProfile, pod, context.kubeVersion),
  remedy: ({ pod, containers }, weaknesses) => {
    const isBad = (profile: unknown): boolean => isRecord(profile) && !isAllowedProfileType(text(profile.type));
    return {
      ops: [
        ...(isBad(pod.securityContext.appArmorProfile) ? [set(pod.at("securityContext.appArmorProfile"), { type: "RuntimeDefault" })] : []),
        ...containers
          .filter(({ securityContext }) => isBad(record(securityContext).appArmorProfile))
          .map((container) => remove(container.at("securityContext.appArmorProfile"))),
        ...removeAnnotations(weaknesses),
      ],
      risk: "may-break",
    };
  },
});
