import type { Check } from "../check";

/** Compared to the letter: `chown` and `CAP_CHOWN` are not in the set. */
export const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

export const capabilitiesBaseline: Check = {
  id: "capabilities_baseline",
  level: "baseline",
  rules: [
    {
      since: 0,
      rule: (pod) =>
        pod.containers().flatMap(({ name, label, spec }) => {
          const capabilities = spec.part("securityContext").part("capabilities");
          return capabilities.texts("add").flatMap((capability, i) => {
            if (BASELINE_CAPABILITIES.has(capability)) return [];
            const message = `Container ${label} adds ${capability}, outside the baseline set.`;
            return [{ path: capabilities.at(`add[${i}]`), value: capability, message, container: name, on: `${label}:${capability}` }];
          });
        }),
    },
  ],
};
