import { apiServerProbe } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./apiserver-cert-expiry";

describeControl(control, {
  fails: [
    {
      name: "it has ended",
      objects: [apiServerProbe({ tls: { certificateNotAfter: "2026-11-01T00:00:00.000Z" } })],
      evidence: [{ path: "tls.certificateNotAfter" }],
      severity: "high",
    },
    {
      name: "in ten days",
      objects: [apiServerProbe({ tls: { certificateNotAfter: "2026-12-05T00:00:00.000Z" } })],
      evidence: [{ path: "tls.certificateNotAfter" }],
      severity: "high",
    },
    {
      name: "in three weeks",
      objects: [apiServerProbe({ tls: { certificateNotAfter: "2026-12-16T00:00:00.000Z" } })],
      evidence: [{ path: "tls.certificateNotAfter" }],
      severity: "medium",
    },
  ],
  passes: [{ name: "in a year", objects: [apiServerProbe()] }],
  unknown: [
    {
      name: "no connection came about",
      objects: [apiServerProbe({ tls: { certificateNotAfter: undefined, problem: "No TLS connection came about (ECONNRESET)." } })],
    },
    { name: "nobody asked for it", objects: [], missing: ["apiServerProbes"] },
    { name: "a set of manifests", objects: [] },
  ],
});
