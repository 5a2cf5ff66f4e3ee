import type { Check, Rule, Violation } from "../check";
import { exceptUserNamespace } from "../except-user-namespace";

const rule: Rule = (pod) => {
  const podContext = pod.spec.part("securityContext");
  const violations: Violation[] = [];
  if (podContext.integer("runAsUser") === 0) violations.push({ path: podContext.at("runAsUser"), value: 0, message: "The pod runs as user 0.", on: "" });
  for (const { name, label, spec } of pod.containers()) {
    const context = spec.part("securityContext");
    if (context.integer("runAsUser") !== 0) continue;
    violations.push({ path: context.at("runAsUser"), value: 0, message: `Container ${label} runs as user 0.`, container: name, on: label });
  }
  return violations;
};

export const runAsUser: Check = {
  id: "runAsUser",
  level: "restricted",
  rules: [
    { since: 23, rule },
    { since: 35, rule: exceptUserNamespace(rule) },
  ],
};
