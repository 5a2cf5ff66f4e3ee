import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./root-fs-writable";

const at = "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem";

describeControl(control, {
  fails: [
    {
      name: "unset",
      objects: [deployment({ container: { securityContext: { readOnlyRootFilesystem: undefined } } })],
      evidence: [{ path: at, value: null, container: "app" }],
      severity: "medium",
    },
    {
      name: "false, with a volume called tmp",
      objects: [
        deployment({ podSpec: { volumes: [{ name: "tmp", configMap: { name: "x" } }] }, container: { securityContext: { readOnlyRootFilesystem: false } } }),
      ],
    },
    {
      name: "an init container",
      objects: [deployment({ podSpec: { initContainers: [{ name: "init", image: "i:1" }] } })],
      evidence: [{ path: "spec.template.spec.initContainers[0].securityContext.readOnlyRootFilesystem" }],
    },
  ],
  passes: [
    { name: "read-only", objects: [deployment()] },
    {
      name: "an ephemeral container, which has its own control",
      objects: [deployment({ podSpec: { ephemeralContainers: [{ name: "debug", image: "d:1" }] } })],
    },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  unknown: [{ name: "containers are a map", objects: [deployment({ podSpec: { containers: {} } })] }],
});
