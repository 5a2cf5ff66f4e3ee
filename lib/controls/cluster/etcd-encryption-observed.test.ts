import { apiServerMetrics } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./etcd-encryption-observed";

describeControl(control, {
  fails: [
    { name: "as they are", objects: [apiServerMetrics({ secretsWrittenWith: ["identity"] })], evidence: [{ path: "secretsWrittenWith" }], severity: "high" },
    {
      name: "with a cipher whose key wears out",
      objects: [apiServerMetrics({ secretsWrittenWith: ["k8s:enc:aesgcm:v1:key1:"] })],
      evidence: [{ path: "secretsWrittenWith", value: "k8s:enc:aesgcm:v1:key1:" }],
      severity: "low",
    },
  ],
  passes: [
    { name: "encrypted", objects: [apiServerMetrics()] },
    { name: "encrypted by a KMS", objects: [apiServerMetrics({ secretsWrittenWith: ["k8s:enc:kms:v2:vault:"] })] },
  ],
  unknown: [
    { name: "both", objects: [apiServerMetrics({ secretsWrittenWith: ["identity", "k8s:enc:aescbc:v1:key1:"] })] },
    { name: "none was written", objects: [apiServerMetrics({ secretsWrittenWith: undefined })] },
    { name: "nobody asked for it", objects: [], missing: ["apiServerMetrics"] },
    { name: "a set of manifests", objects: [] },
  ],
});
