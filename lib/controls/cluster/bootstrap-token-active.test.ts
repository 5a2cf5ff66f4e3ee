import { describeControl } from "../testing";
import control from "./bootstrap-token-active";

const token = (creationTimestamp?: string, part: object = {}) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "bootstrap-token-abcdef", namespace: "kube-system", ...(creationTimestamp && { creationTimestamp }) },
  type: "bootstrap.kubernetes.io/token",
  ...part,
});

describeControl(control, {
  fails: [{ name: "older than a day", objects: [token("2026-11-20T00:00:00Z")], evidence: [{ path: "metadata.creationTimestamp" }] }],
  passes: [{ name: "made an hour ago", objects: [token("2026-11-24T23:00:00Z")] }],
  notApplicable: [{ name: "another Secret", objects: [token("2026-11-20T00:00:00Z", { type: "Opaque" })] }],
  unknown: [
    { name: "a token without a time", objects: [token()] },
    { name: "Secrets are not read", objects: [], missing: ["secrets"] },
  ],
});
