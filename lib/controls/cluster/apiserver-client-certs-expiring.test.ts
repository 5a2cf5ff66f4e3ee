import { apiServerMetrics } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./apiserver-client-certs-expiring";

describeControl(control, {
  fails: [
    {
      name: "one does",
      objects: [apiServerMetrics({ hasExpiringClientCertificates: true })],
      evidence: [{ path: "hasExpiringClientCertificates" }],
      severity: "medium",
    },
  ],
  passes: [{ name: "none does", objects: [apiServerMetrics()] }],
  unknown: [
    { name: "no such metric", objects: [apiServerMetrics({ hasExpiringClientCertificates: undefined })] },
    { name: "nobody asked for it", objects: [], missing: ["apiServerMetrics"] },
    { name: "a set of manifests", objects: [] },
  ],
});
