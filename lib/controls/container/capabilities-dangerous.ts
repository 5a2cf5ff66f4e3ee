import type { Severity } from "../../model/severity";
import { judgeRule } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { capabilityName, keepCapabilities } from "../remedies/keep-capabilities";

const DANGEROUS: ReadonlySet<string> = new Set([
  "ALL",
  "SYS_ADMIN",
  "SYS_MODULE",
  "SYS_RAWIO",
  "SYS_PTRACE",
  "SYS_BOOT",
  "SYS_TIME",
  "DAC_READ_SEARCH",
  "NET_ADMIN",
  "BPF",
  "PERFMON",
  "MAC_ADMIN",
  "MAC_OVERRIDE",
  "SYSLOG",
  "LINUX_IMMUTABLE",
  "CHECKPOINT_RESTORE",
]);
const TAKEOVER: ReadonlySet<string> = new Set(["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO"]);

export default defineControl({
  id: "capabilities-dangerous",
  layer: "container",
  severity: "high",
  maxSeverity: "critical",
  title: "Containers add no capability that reaches into the node",
  failure: "adds a capability that reaches into the node",
  why: "Most of these capabilities have known ways from the container to the node: mounting its disks, loading kernel modules, tracing its processes, reading its memory. The others change or show what all of the node shares, such as its clock and its kernel's log, or open parts of the kernel that escapes often use.",
  action: "Remove capabilities that reach into the node",
  fix: "Remove the name from `capabilities.add`. Dropping ALL beside it does not undo the addition: added names are applied after that. What the program did by the capability then fails.",
  verify: `${containersCommand(".securityContext.capabilities.add")} | grep -iE '"(CAP_)?(${[...DANGEROUS].join("|")})"'`,
  lookFor:
    "Each pod listed adds one that reaches into the node, such as SYS_ADMIN or NET_ADMIN: after the name of a container stands what it adds. No output: none does.",
  tips: ["S4"],
  frameworks: { cis: ["5.2.9"], nsa: ["PE"], mitre: ["T1611", "T1068"], owasp: ["K01"] },
  references: [
    "https://man7.org/linux/man-pages/man7/capabilities.7.html",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container",
  ],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged"],
  check: ({ pod }) => {
    const isOwnNetwork = pod.spec.hostUsers === false && pod.spec.hostNetwork !== true;
    const severityOf = (name: string): Severity => {
      if (TAKEOVER.has(name) || (name === "SYS_PTRACE" && pod.spec.hostPID === true)) return "critical";
      return name === "NET_ADMIN" && isOwnNetwork ? "medium" : "high";
    };
    return judgeRule(pod, (admitted) =>
      admitted.containers().flatMap(({ name, label, spec }) => {
        const capabilities = spec.part("securityContext").part("capabilities");
        return capabilities.texts("add").flatMap((capability, i) => {
          const canonical = capabilityName(capability);
          if (!DANGEROUS.has(canonical)) return [];
          const message = `Container ${label} adds ${capability}.`;
          return [
            { path: capabilities.at(`add[${i}]`), value: capability, message, container: name, on: `${label}:${capability}`, severity: severityOf(canonical) },
          ];
        });
      }),
    );
  },
  remedy: ({ containers }) => ({ ops: keepCapabilities(containers, (capability) => !DANGEROUS.has(capabilityName(capability))), risk: "may-break" }),
});
