import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./proc-mount-unmasked";

const unmasked = { securityContext: { procMount: "Unmasked" } };

describeControl(control, {
  fails: [
    {
      name: "unmasked",
      objects: [deployment({ container: unmasked })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.procMount", value: "Unmasked", container: "app", check: "baseline procMount" }],
      severity: "medium",
    },
    {
      name: "unmasked in a user namespace",
      objects: [deployment({ podSpec: { hostUsers: false }, container: unmasked })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.procMount", check: "restricted procMount" }],
      kubeVersion: "1.36",
      severity: "low",
    },
    {
      name: "unmasked in a user namespace, which baseline did not except before 1.35",
      objects: [deployment({ podSpec: { hostUsers: false }, container: unmasked })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.procMount", check: "baseline procMount" }],
      kubeVersion: "1.34",
      severity: "low",
    },
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    { name: "Default", objects: [deployment({ container: { securityContext: { procMount: "Default" } } })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  subsumed: [{ name: "the container is privileged", objects: [deployment({ container: { securityContext: { privileged: true, procMount: "Unmasked" } } })] }],
  unknown: [{ name: "a boolean, which the API server refuses", objects: [deployment({ container: { securityContext: { procMount: true } } })] }],
});
