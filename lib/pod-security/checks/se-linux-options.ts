import type { Check, Rule, Violation } from "../check";
import type { Part } from "../part";

const TYPES = ["", "container_t", "container_init_t", "container_kvm_t"];

function judge(options: Part, types: ReadonlySet<string>, who: string): Violation[] {
  const violations: Violation[] = [];
  const type = options.text("type") ?? "";
  if (!types.has(type)) violations.push({ path: options.at("type"), value: type, message: `${who} sets the SELinux type "${type}".` });
  for (const key of ["user", "role"] as const) {
    const value = options.text(key) ?? "";
    if (value !== "") violations.push({ path: options.at(key), value, message: `${who} sets the SELinux ${key} "${value}".` });
  }
  return violations;
}

function ruleFor(types: ReadonlySet<string>): Rule {
  return (pod) => [
    ...judge(pod.spec.part("securityContext").part("seLinuxOptions"), types, "The pod").map((violation) => ({ ...violation, on: "" })),
    ...pod.containers().flatMap(({ name, label, spec }) =>
      judge(spec.part("securityContext").part("seLinuxOptions"), types, `Container ${label}`).map((violation) => ({
        ...violation,
        container: name,
        on: label,
      })),
    ),
  ];
}

export const seLinuxOptions: Check = {
  id: "seLinuxOptions",
  level: "baseline",
  rules: [
    { since: 0, rule: ruleFor(new Set(TYPES)) },
    { since: 31, rule: ruleFor(new Set([...TYPES, "container_engine_t"])) },
  ],
};
