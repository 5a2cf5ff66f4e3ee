import type { Check, Rule, Violation } from "../check";
import { exceptUserNamespace } from "../except-user-namespace";

const rule: Rule = (pod) => {
  const podContext = pod.spec.part("securityContext");
  const ofPod = podContext.flag("runAsNonRoot");
  const violations: Violation[] = [];
  if (ofPod === false) violations.push({ path: podContext.at("runAsNonRoot"), value: false, message: "The pod allows its containers to run as root.", on: "" });
  for (const { name, label, spec } of pod.containers()) {
    const context = spec.part("securityContext");
    const value = context.flag("runAsNonRoot");
    const at = { path: context.at("runAsNonRoot"), value, container: name, on: label };
    if (value === false) violations.push({ ...at, message: `Container ${label} allows itself to run as root.` });
    else if (value === undefined && ofPod !== true) violations.push({ ...at, message: `Container ${label} is not forced to run as non-root.` });
  }
  return violations;
};

/** A bad value at pod level counts even when every container overrides it. */
export const runAsNonRoot: Check = {
  id: "runAsNonRoot",
  level: "restricted",
  rules: [
    { since: 0, rule },
    { since: 35, rule: exceptUserNamespace(rule) },
  ],
};
