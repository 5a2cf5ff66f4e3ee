import type { Check, Rule, Violation } from "../check";
import { exceptWindows } from "../except-windows";

/** What stands there instead of ALL, and who takes it for that: containerd and CRI-O read `all` in any case, admission to the letter. */
function sayDrop(label: string, drop: readonly string[]): string {
  const anyCase = drop.find((capability) => capability.toUpperCase() === "ALL");
  if (anyCase !== undefined) return `Container ${label} drops "${anyCase}": runtimes take it for ALL, Pod Security admission does not.`;
  const almost = drop.find((capability) => /^(CAP_)?ALL$/i.test(capability.trim()));
  return almost === undefined
    ? `Container ${label} does not drop ALL capabilities.`
    : `Container ${label} drops "${almost}", which neither runtimes nor Pod Security admission take for ALL.`;
}

const rule: Rule = (pod) =>
  pod.containers().flatMap(({ name, label, spec }) => {
    const capabilities = spec.part("securityContext").part("capabilities");
    const drop = capabilities.texts("drop");
    const violations: Violation[] = [];
    if (!drop.includes("ALL")) {
      violations.push({ path: capabilities.at("drop"), value: capabilities.get("drop"), message: sayDrop(label, drop), container: name, on: label });
    }
    capabilities.texts("add").forEach((capability, i) => {
      if (capability === "NET_BIND_SERVICE") return;
      const message = `Container ${label} adds ${capability}; only NET_BIND_SERVICE may be added.`;
      violations.push({ path: capabilities.at(`add[${i}]`), value: capability, message, container: name, on: `${label}:${capability}` });
    });
    return violations;
  });

export const capabilitiesRestricted: Check = {
  id: "capabilities_restricted",
  level: "restricted",
  overrides: ["capabilities_baseline"],
  rules: [
    { since: 22, rule },
    { since: 25, rule: exceptWindows(rule) },
  ],
};
