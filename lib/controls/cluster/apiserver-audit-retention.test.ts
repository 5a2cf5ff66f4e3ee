import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./apiserver-audit-retention";

const server = controlPlaneOf("kube-apiserver");
const LOG = ["--audit-policy-file=/p", "--audit-log-path=/l"];
const KEPT = ["--audit-log-maxage=30", "--audit-log-maxbackup=10", "--audit-log-maxsize=100"];

describeComponentControl(control, {
  fails: [
    {
      name: "a log that is kept too short",
      objects: server(...LOG, "--audit-log-maxage=7", "--audit-log-maxbackup=10", "--audit-log-maxsize=100"),
      evidence: [{ path: "spec.containers[0].command[3]", value: "--audit-log-maxage=7", message: "--audit-log-maxage is 7; it should be 30 days or more." }],
      severity: "low",
    },
    {
      name: "a log without a word on how long it is kept",
      objects: server(...LOG, "--audit-log-maxage=30", "--audit-log-maxsize=100"),
      evidence: [
        { path: "spec.containers[0].command", value: null, message: "--audit-log-maxbackup is not set, so no limit is chosen; it should be 10 files or more." },
      ],
      severity: "low",
    },
    {
      name: "a log of which every file is kept",
      objects: server(...LOG, "--audit-log-maxage=30", "--audit-log-maxbackup=0", "--audit-log-maxsize=100"),
      evidence: [
        {
          path: "spec.containers[0].command[4]",
          value: "--audit-log-maxbackup=0",
          message: "--audit-log-maxbackup is 0, so no limit is chosen; it should be 10 files or more.",
        },
      ],
    },
    {
      name: "a log without a word on it, which the last release before 1.36 keeps without limits",
      objects: server(...LOG),
      kubeVersion: "1.35",
      evidence: [{ path: "spec.containers[0].command", message: "--audit-log-maxage is not set, so no limit is chosen; it should be 30 days or more." }],
    },
    {
      name: "a log without limits in place of those of 1.36",
      objects: server(...LOG, "--audit-log-maxage=0", "--audit-log-maxsize=50"),
      kubeVersion: "1.36",
      evidence: [{ value: "--audit-log-maxage=0" }, { value: "--audit-log-maxsize=50" }].map((entry, i) => ({
        ...entry,
        path: `spec.containers[0].command[${i + 3}]`,
      })),
    },
    {
      name: "an age in octal digits",
      objects: server(...LOG, "--audit-log-maxage=030", "--audit-log-maxbackup=10", "--audit-log-maxsize=100"),
      evidence: [
        { value: "--audit-log-maxage=030", path: "spec.containers[0].command[3]", message: "--audit-log-maxage is 24; it should be 30 days or more." },
      ],
    },
  ],
  passes: [
    { name: "a log that is kept, in hexadecimal digits", objects: server(...LOG, ...KEPT, "--audit-log-maxage=0x1e") },
    { name: "a log that is kept", objects: server(...LOG, ...KEPT) },
    { name: "a log that 1.36 keeps by its defaults", objects: server(...LOG), kubeVersion: "1.36" },
    { name: "a log of one limit beside the defaults of 1.37", objects: server(...LOG, "--audit-log-maxage=30"), kubeVersion: "1.37" },
    { name: "a log that is kept beside a webhook", objects: server("--audit-webhook-config-file=/w", ...LOG, ...KEPT) },
  ],
  subsumed: [
    { name: "no log: the control that asks for one fails", objects: server() },
    { name: "a log without a policy, in which nothing is written", objects: server("--audit-log-path=/l", ...KEPT) },
  ],
  manual: [
    {
      name: "a log to standard output",
      objects: server("--audit-policy-file=/p", "--audit-log-path=-"),
      evidence: [
        {
          path: "spec.containers[0].command",
          message: "Audit events go to standard output, where --audit-log-maxage does nothing: look how long they are kept there.",
        },
      ],
    },
    {
      name: "a webhook alone",
      objects: server("--audit-policy-file=/p", "--audit-webhook-config-file=/w"),
      evidence: ["maxage", "maxbackup", "maxsize", "path"].map((name) => ({ path: "spec.containers[0].command", check: `kube-apiserver audit-log-${name} ?` })),
    },
  ],
});
