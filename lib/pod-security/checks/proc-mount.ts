import type { Check, Rule } from "../check";
import { exceptUserNamespace } from "../except-user-namespace";

const rule: Rule = (pod) =>
  pod.containers().flatMap(({ name, label, spec }) => {
    const context = spec.part("securityContext");
    const value = context.text("procMount");
    if (value === undefined || value === "Default") return [];
    return [{ path: context.at("procMount"), value, message: `Container ${label} mounts /proc as "${value}".`, container: name, on: label }];
  });

export const procMount: Check = {
  id: "procMount",
  level: "baseline",
  rules: [
    { since: 0, rule },
    { since: 35, rule: exceptUserNamespace(rule) },
  ],
};

/** Restricted asks for Default even in a user namespace. */
export const procMountRestricted: Check = { id: "procMount_restricted", level: "restricted", overrides: ["procMount"], rules: [{ since: 35, rule }] };
