import { apiServerMetrics } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./audit-errors";

describeControl(control, {
  fails: [{ name: "some were lost", objects: [apiServerMetrics({ hasAuditErrors: true })], evidence: [{ path: "hasAuditErrors" }], severity: "medium" }],
  passes: [{ name: "none was lost", objects: [apiServerMetrics()] }],
  unknown: [
    { name: "no such metric", objects: [apiServerMetrics({ hasAuditErrors: undefined })] },
    { name: "nobody asked for it", objects: [], missing: ["apiServerMetrics"] },
    { name: "a set of manifests", objects: [] },
  ],
});
