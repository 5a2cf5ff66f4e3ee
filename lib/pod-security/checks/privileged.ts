import type { Check } from "../check";

export const privileged: Check = {
  id: "privileged",
  level: "baseline",
  rules: [
    {
      since: 0,
      rule: (pod) =>
        pod.containers().flatMap(({ name, label, spec }) => {
          const context = spec.part("securityContext");
          if (context.flag("privileged") !== true) return [];
          return [{ path: context.at("privileged"), value: true, message: `Container ${label} runs privileged.`, container: name, on: label }];
        }),
    },
  ],
};
