import { service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./apiservice-insecure";

const api = (group: string, spec: object = {}, part: object = {}) => ({
  apiVersion: "apiregistration.k8s.io/v1",
  kind: "APIService",
  metadata: { name: `v1.${group}` },
  spec: { group, version: "v1", service: { name: "app", namespace: "shop" }, ...spec },
  ...part,
});
const insecure = { insecureSkipTLSVerify: true };

describeControl(control, {
  fails: [
    {
      name: "the certificate is not verified",
      objects: [service(), api("custom.example.com", insecure)],
      evidence: [{ path: "spec.insecureSkipTLSVerify", value: "true" }],
      severity: "high",
    },
    { name: "metrics-server, which comes that way", objects: [service(), api("metrics.k8s.io", insecure)], severity: "medium" },
    { name: "the Service does not exist", objects: [api("custom.example.com", { caBundle: "x" })], severity: "medium", remedy: false },
    {
      name: "it has not answered for hours",
      objects: [
        service(),
        api(
          "custom.example.com",
          { caBundle: "x" },
          { status: { conditions: [{ type: "Available", status: "False", lastTransitionTime: "2026-11-24T10:00:00Z" }] } },
        ),
      ],
      severity: "low",
      remedy: false,
    },
  ],
  passes: [
    { name: "verified", objects: [service(), api("custom.example.com", { caBundle: "x" })] },
    {
      name: "a short outage",
      objects: [
        service(),
        api(
          "custom.example.com",
          { caBundle: "x" },
          { status: { conditions: [{ type: "Available", status: "False", lastTransitionTime: "2026-11-24T23:50:00Z" }] } },
        ),
      ],
    },
  ],
  notApplicable: [{ name: "served by the API server itself", objects: [api("apps", { service: null })] }],
  unknown: [{ name: "its Service may be elsewhere, in a part of a cluster", objects: [api("custom.example.com", { caBundle: "x" })], complete: false }],
});
