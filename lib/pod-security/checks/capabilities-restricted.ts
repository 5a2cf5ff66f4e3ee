import type { Check, Rule, Violation } from "../check";
import { exceptWindows } from "../except-windows";

const rule: Rule = (pod) =>
  pod.containers().flatMap(({ name, label, spec }) => {
    const capabilities = spec.part("securityContext").part("capabilities");
    const drop = capabilities.texts("drop");
    const violations: Violation[] = [];
    if (!drop.includes("ALL")) {
      const almost = drop.find((capability) => /^(CAP_)?ALL$/i.test(capability.trim()));
      const message =
        almost === undefined ? `Container ${label} does not drop ALL capabilities.` : `Container ${label} drops "${almost}"; only ALL in capitals counts.`;
      violations.push({ path: capabilities.at("drop"), value: capabilities.get("drop"), message, container: name, on: label });
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
