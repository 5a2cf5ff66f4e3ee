import { deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./host-pid";

describeControl(control, {
  fails: [
    {
      name: "a template sets it",
      objects: [deployment({ podSpec: { hostPID: true } })],
      evidence: [{ path: "spec.template.spec.hostPID", value: "true" }],
      severity: "high",
    },
    { name: "a pod sets it", objects: [pod({ podSpec: { hostPID: true } })], evidence: [{ path: "spec.hostPID" }] },
  ],
  passes: [
    { name: "unset", objects: [deployment()] },
    { name: "false", objects: [deployment({ podSpec: { hostPID: false } })] },
  ],
  notApplicable: [{ name: "a Windows pod", objects: [deployment({ podSpec: { os: { name: "windows" } } })] }],
  unknown: [{ name: "a text, which the API server refuses", objects: [deployment({ podSpec: { hostPID: "true" } })] }],
});
