import type { Check, Rule } from "../check";
import { exceptWindows } from "../except-windows";

const rule: Rule = (pod) =>
  pod.containers().flatMap(({ name, label, spec }) => {
    const context = spec.part("securityContext");
    const value = context.flag("allowPrivilegeEscalation");
    if (value === false) return [];
    const message =
      value === true ? `Container ${label} allows privilege escalation.` : `Container ${label} does not forbid privilege escalation; the default allows it.`;
    return [{ path: context.at("allowPrivilegeEscalation"), value, message, container: name, on: label }];
  });

export const allowPrivilegeEscalation: Check = {
  id: "allowPrivilegeEscalation",
  level: "restricted",
  rules: [
    { since: 8, rule },
    { since: 25, rule: exceptWindows(rule) },
  ],
};
