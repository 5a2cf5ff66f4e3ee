import { apiServerMetrics } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./audit-events-observed";

describeControl(control, {
  fails: [
    { name: "many requests, no event", objects: [apiServerMetrics({ hasAuditEvents: false })], evidence: [{ path: "hasAuditEvents" }], severity: "high" },
  ],
  passes: [
    { name: "events", objects: [apiServerMetrics()] },
    { name: "events, few requests", objects: [apiServerMetrics({ hasManyRequests: false })] },
  ],
  unknown: [
    { name: "few requests", objects: [apiServerMetrics({ hasAuditEvents: false, hasManyRequests: false })] },
    { name: "no such metric", objects: [apiServerMetrics({ hasAuditEvents: undefined })] },
    { name: "nobody asked for it", objects: [], missing: ["apiServerMetrics"] },
    { name: "a set of manifests", objects: [] },
  ],
});
