import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./privilege-escalation-allowed";

const at = "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation";

describeControl(control, {
  fails: [
    {
      name: "unset",
      objects: [deployment({ container: { securityContext: { allowPrivilegeEscalation: undefined } } })],
      evidence: [{ path: at, value: null, container: "app" }],
      severity: "medium",
    },
    { name: "true", objects: [deployment({ container: { securityContext: { allowPrivilegeEscalation: true } } })], evidence: [{ path: at, value: "true" }] },
    {
      name: "unset beside SYS_ADMIN",
      objects: [deployment({ container: { securityContext: { allowPrivilegeEscalation: undefined, capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } } } })],
    },
    {
      name: "unset beside CAP_SYS_ADMIN",
      objects: [
        deployment({ container: { securityContext: { allowPrivilegeEscalation: undefined, capabilities: { drop: ["ALL"], add: ["CAP_SYS_ADMIN"] } } } }),
      ],
    },
    {
      name: "one of two containers",
      objects: [deployment({ podSpec: { initContainers: [{ name: "init", image: "init:1" }] } })],
      evidence: [{ path: "spec.template.spec.initContainers[0].securityContext.allowPrivilegeEscalation", container: "init" }],
    },
  ],
  passes: [{ name: "false everywhere", objects: [deployment()] }],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  subsumed: [
    {
      name: "the container is privileged",
      objects: [deployment({ container: { securityContext: { privileged: true, allowPrivilegeEscalation: undefined } } })],
    },
  ],
  unknown: [{ name: "a text, beside a good container", objects: [deployment({ podSpec: { containers: "app" } })] }],
});
