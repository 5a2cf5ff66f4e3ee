import { apiServerMetrics } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./etcd-encryption-observed";

describeControl(control, {
  fails: [
    { name: "as they are", objects: [apiServerMetrics({ secretsWrittenWith: ["identity"] })], evidence: [{ path: "secretsWrittenWith" }], severity: "high" },
  ],
  passes: [{ name: "encrypted", objects: [apiServerMetrics()] }],
  unknown: [
    { name: "both", objects: [apiServerMetrics({ secretsWrittenWith: ["identity", "k8s:enc:aescbc:v1:key1:"] })] },
    { name: "none was written", objects: [apiServerMetrics({ secretsWrittenWith: undefined })] },
    { name: "nobody asked for it", objects: [], missing: ["apiServerMetrics"] },
    { name: "a set of manifests", objects: [] },
  ],
});
