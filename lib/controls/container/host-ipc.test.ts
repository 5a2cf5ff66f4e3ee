import { deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./host-ipc";

describeControl(control, {
  fails: [
    {
      name: "a template sets it",
      objects: [deployment({ podSpec: { hostIPC: true } })],
      evidence: [{ path: "spec.template.spec.hostIPC", value: "true" }],
      severity: "high",
    },
    { name: "a pod sets it", objects: [pod({ podSpec: { hostIPC: true } })], evidence: [{ path: "spec.hostIPC" }] },
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    { name: "false", objects: [deployment({ podSpec: { hostIPC: false } })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  unknown: [{ name: "a text, which the API server refuses", objects: [deployment({ podSpec: { hostIPC: "true" } })] }],
});
