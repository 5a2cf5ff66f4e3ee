import type { Check, Rule, Violation } from "../check";
import { exceptWindows } from "../except-windows";
import { isAllowedProfileType } from "../profile-type";
import { fields } from "./seccomp-profile-baseline";

const rule: Rule = (pod) => {
  const violations: Violation[] = [...fields(pod)];
  const ofPod = pod.spec.part("securityContext").find("seccompProfile");
  if (ofPod && isAllowedProfileType(ofPod.text("type"))) return violations;
  for (const { name, label, spec } of pod.containers()) {
    const context = spec.part("securityContext");
    if (context.find("seccompProfile")) continue;
    violations.push({
      path: context.at("seccompProfile"),
      value: undefined,
      message: `Container ${label} has no seccomp profile.`,
      container: name,
      on: label,
    });
  }
  return violations;
};

export const seccompProfileRestricted: Check = {
  id: "seccompProfile_restricted",
  level: "restricted",
  overrides: ["seccompProfile_baseline"],
  rules: [
    { since: 19, rule },
    { since: 25, rule: exceptWindows(rule) },
  ],
};
