import { service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./service-external-ips";

describeControl(control, {
  fails: [
    {
      name: "it claims addresses",
      objects: [service({ spec: { externalIPs: ["203.0.113.7", "10.0.0.9"] } })],
      evidence: [{ path: "spec.externalIPs[1]", value: "10.0.0.9" }],
    },
  ],
  passes: [
    { name: "it claims none", objects: [service()] },
    { name: "an empty list", objects: [service({ spec: { externalIPs: [] } })] },
  ],
  unknown: [{ name: "an odd shape", objects: [service({ spec: { externalIPs: "203.0.113.7" } })] }],
});
