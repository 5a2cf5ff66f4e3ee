import type { Check, Rule, Violation } from "../check";
import { profileRule } from "../profile-type";

const APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

function isAllowedAnnotation(value: string): boolean {
  return value === "" || value === "runtime/default" || value.startsWith("localhost/");
}

const fields = profileRule("appArmorProfile", "AppArmor");

/** Fields and annotations both count; an annotation counts even when its container does not exist. */
const rule: Rule = (pod) => {
  const violations: Violation[] = [...fields(pod)];
  for (const [key, value] of Object.entries(pod.annotations)) {
    if (!key.startsWith(APP_ARMOR_ANNOTATION) || isAllowedAnnotation(value)) continue;
    const container = key.slice(APP_ARMOR_ANNOTATION.length);
    const path = pod.view.atMetadata(`annotations[${JSON.stringify(key)}]`);
    violations.push({ path, value, message: `Container ${container} has the AppArmor profile "${value}" by annotation.`, container, on: container });
  }
  return violations;
};

export const appArmorProfile: Check = { id: "appArmorProfile", level: "baseline", rules: [{ since: 0, rule }] };
