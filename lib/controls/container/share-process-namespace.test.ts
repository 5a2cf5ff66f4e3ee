import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./share-process-namespace";

const sidecar = { name: "proxy", image: "proxy:1", restartPolicy: "Always" };

describeControl(control, {
  fails: [
    {
      name: "an application and a sidecar",
      objects: [deployment({ podSpec: { shareProcessNamespace: true, initContainers: [sidecar] } })],
      evidence: [{ path: "spec.template.spec.shareProcessNamespace", value: "true" }],
      severity: "low",
    },
  ],
  passes: [
    { name: "one container", objects: [deployment({ podSpec: { shareProcessNamespace: true } })] },
    { name: "one container after an init container", objects: [deployment({ podSpec: { shareProcessNamespace: true, initContainers: [{ name: "init" }] } })] },
    { name: "unset", objects: [deployment({ podSpec: { initContainers: [sidecar] } })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  unknown: [{ name: "a text, which the API server refuses", objects: [deployment({ podSpec: { shareProcessNamespace: "true" } })] }],
});
