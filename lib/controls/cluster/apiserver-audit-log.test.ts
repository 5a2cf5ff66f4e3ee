import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-audit-log";

const server = controlPlaneOf("kube-apiserver");

describeComponentControl(control, {
  fails: [
    { name: "no log", objects: server(), evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver audit-log-path" }], severity: "high" },
    {
      name: "a log without a policy",
      objects: server("--audit-log-path=/l"),
      evidence: [{ path: "spec.containers[0].command", check: "kube-apiserver audit-policy-file" }],
      severity: "high",
    },
    { name: "a webhook without a policy", objects: server("--audit-webhook-config-file=/w"), severity: "high" },
  ],
  passes: [
    { name: "a log, however long it is kept", objects: server("--audit-policy-file=/p", "--audit-log-path=/l") },
    { name: "a log to standard output", objects: server("--audit-policy-file=/p", "--audit-log-path=-") },
    { name: "a webhook alone", objects: server("--audit-policy-file=/p", "--audit-webhook-config-file=/w") },
  ],
});
