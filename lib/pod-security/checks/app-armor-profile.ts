import type { Check, Rule, Violation } from "../check";
import { isAllowedProfileType } from "../profile-type";

const APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

function isAllowedAnnotation(value: string): boolean {
  return value === "" || value === "runtime/default" || value.startsWith("localhost/");
}

/** Fields and annotations both count; an annotation counts even when its container does not exist. */
const rule: Rule = (pod) => {
  const violations: Violation[] = [];
  const ofPod = pod.spec.part("securityContext").find("appArmorProfile");
  const podType = ofPod?.text("type");
  if (ofPod && !isAllowedProfileType(podType))
    violations.push({ path: ofPod.at("type"), value: podType, message: `The pod has the AppArmor profile ${podType || "without a type"}.`, on: "" });
  for (const { name, label, spec } of pod.containers()) {
    const profile = spec.part("securityContext").find("appArmorProfile");
    const type = profile?.text("type");
    if (!profile || isAllowedProfileType(type)) continue;
    violations.push({
      path: profile.at("type"),
      value: type,
      message: `Container ${label} has the AppArmor profile ${type || "without a type"}.`,
      container: name,
      on: label,
    });
  }
  for (const [key, value] of Object.entries(pod.annotations)) {
    if (!key.startsWith(APP_ARMOR_ANNOTATION) || isAllowedAnnotation(value)) continue;
    const container = key.slice(APP_ARMOR_ANNOTATION.length);
    const path = pod.view.atMetadata(`annotations[${JSON.stringify(key)}]`);
    violations.push({ path, value, message: `Container ${container} has the AppArmor profile "${value}" by annotation.`, container, on: container });
  }
  return violations;
};

export const appArmorProfile: Check = { id: "appArmorProfile", level: "baseline", rules: [{ since: 0, rule }] };
