import { apiServerProbe } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./apiserver-tls-version";

describeControl(control, {
  fails: [
    { name: "TLS 1.1", objects: [apiServerProbe({ tls: { oldVersions: "accepted" } })], evidence: [{ path: "tls.oldVersions" }], severity: "medium" },
    {
      name: "suites without forward secrecy",
      objects: [apiServerProbe({ tls: { weakSuites: "accepted" } })],
      evidence: [{ path: "tls.weakSuites" }],
      severity: "low",
    },
  ],
  passes: [{ name: "both are refused", objects: [apiServerProbe()] }],
  unknown: [
    { name: "the handshake ended without an answer", objects: [apiServerProbe({ tls: { oldVersions: "unclear" } })] },
    {
      name: "it is reached without TLS",
      objects: [apiServerProbe({ tls: { oldVersions: undefined, weakSuites: undefined, problem: "The API server is reached over plain HTTP." } })],
    },
    { name: "nobody asked for it", objects: [], missing: ["apiServerProbes"] },
    { name: "a set of manifests", objects: [] },
  ],
});
