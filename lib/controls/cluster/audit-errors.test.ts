import { apiServerMetrics } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./audit-errors";

describeControl(control, {
  fails: [{ name: "some were lost", objects: [apiServerMetrics({ hasAuditErrors: true })], evidence: [{ path: "hasAuditErrors" }], severity: "medium" }],
  passes: [
    { name: "none was lost", objects: [apiServerMetrics()] },
    { name: "no error was counted, and events were", objects: [apiServerMetrics({ hasAuditErrors: undefined })] },
  ],
  unknown: [
    { name: "no event was written that could be lost", objects: [apiServerMetrics({ hasAuditErrors: undefined, hasAuditEvents: false })] },
    { name: "no such metrics", objects: [apiServerMetrics({ hasAuditErrors: undefined, hasAuditEvents: undefined })] },
    { name: "nobody asked for it", objects: [], missing: ["apiServerMetrics"] },
    { name: "a set of manifests", objects: [] },
  ],
});
