import type { Check } from "../check";

export const windowsHostProcess: Check = {
  id: "windowsHostProcess",
  level: "baseline",
  rules: [
    {
      since: 0,
      rule: (pod) => {
        const ofPod = pod.spec.part("securityContext").part("windowsOptions");
        const atPod =
          ofPod.flag("hostProcess") === true
            ? [{ path: ofPod.at("hostProcess"), value: true, message: "The pod runs as HostProcess, on the Windows node itself.", on: "" }]
            : [];
        const atContainers = pod.containers().flatMap(({ name, label, spec }) => {
          const options = spec.part("securityContext").part("windowsOptions");
          if (options.flag("hostProcess") !== true) return [];
          return [
            {
              path: options.at("hostProcess"),
              value: true,
              message: `Container ${label} runs as HostProcess, on the Windows node itself.`,
              container: name,
              on: label,
            },
          ];
        });
        return [...atPod, ...atContainers];
      },
    },
  ],
};
