import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./capabilities-dangerous";

function adding(...add: unknown[]) {
  return { securityContext: { capabilities: { drop: ["ALL"], add } } };
}

const OTHERS = ["BPF", "CHECKPOINT_RESTORE", "DAC_READ_SEARCH", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "PERFMON", "SYSLOG", "SYS_BOOT", "SYS_TIME"];

describeControl(control, {
  fails: [
    {
      name: "SYS_ADMIN",
      objects: [deployment({ container: adding("CHOWN", "SYS_ADMIN") })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.add[1]", value: "SYS_ADMIN", container: "app" }],
      severity: "critical",
    },
    { name: "NET_ADMIN", objects: [deployment({ container: adding("NET_ADMIN") })], severity: "high" },
    { name: "NET_ADMIN in a user namespace", objects: [deployment({ podSpec: { hostUsers: false }, container: adding("NET_ADMIN") })], severity: "medium" },
    { name: "SYS_PTRACE", objects: [deployment({ container: adding("SYS_PTRACE") })], severity: "high" },
    {
      name: "SYS_PTRACE among the processes of the node",
      objects: [deployment({ podSpec: { hostPID: true }, container: adding("SYS_PTRACE") })],
      severity: "critical",
    },
    ...OTHERS.map((name) => ({ name, objects: [deployment({ container: adding(name) })], severity: "high" as const })),
    {
      name: "beside another container that is privileged",
      objects: [
        deployment({
          podSpec: { initContainers: [{ name: "first", image: "busybox", securityContext: { privileged: true } }] },
          container: adding("NET_ADMIN"),
        }),
      ],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]", container: "app" }],
    },
    { name: "written otherwise", objects: [deployment({ container: adding("cap_sys_module") })], severity: "critical" },
    { name: "dropped and added", objects: [deployment({ container: { securityContext: { capabilities: { drop: ["ALL", "BPF"], add: ["BPF"] } } } })] },
  ],
  passes: [
    { name: "nothing added", objects: [deployment()] },
    { name: "a harmless one", objects: [deployment({ container: adding("NET_BIND_SERVICE") })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  subsumed: [
    {
      name: "each of two containers is privileged",
      objects: [
        deployment({
          podSpec: { initContainers: [{ name: "first", image: "busybox", securityContext: { privileged: true, capabilities: { add: ["BPF"] } } }] },
          container: { securityContext: { privileged: true, allowPrivilegeEscalation: undefined, capabilities: { add: ["SYS_ADMIN"] } } },
        }),
      ],
    },
    {
      name: "the container is privileged",
      objects: [deployment({ container: { securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] } } } })],
    },
  ],
  unknown: [{ name: "capabilities are a list", objects: [deployment({ container: { securityContext: { capabilities: ["ALL"] } } })] }],
});
