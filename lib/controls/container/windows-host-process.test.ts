import { deployment, networkPolicy } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./windows-host-process";

describeControl(control, {
  fails: [
    {
      name: "the pod",
      objects: [
        networkPolicy(),
        deployment({ podSpec: { os: { name: "windows" }, hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } } }),
      ],
      evidence: [{ path: "spec.template.spec.securityContext.windowsOptions.hostProcess", value: "true" }],
      severity: "critical",
    },
    {
      name: "a container, on a pod that names no system",
      objects: [networkPolicy(), deployment({ podSpec: { hostNetwork: true }, container: { securityContext: { windowsOptions: { hostProcess: true } } } })],
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.windowsOptions.hostProcess", container: "app" }],
    },
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    { name: "false", objects: [deployment({ container: { securityContext: { windowsOptions: { hostProcess: false } } } })] },
  ],
  unknown: [{ name: "options that are a text", objects: [deployment({ podSpec: { securityContext: { windowsOptions: "hostProcess" } } })] }],
});
