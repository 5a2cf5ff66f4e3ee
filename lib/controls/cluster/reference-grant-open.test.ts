import { describeControl } from "../testing";
import control from "./reference-grant-open";

const grant = (to: object) => ({
  apiVersion: "gateway.networking.k8s.io/v1beta1",
  kind: "ReferenceGrant",
  metadata: { name: "certs", namespace: "shop" },
  spec: { from: [{ group: "gateway.networking.k8s.io", kind: "Gateway", namespace: "edge" }], to: [to] },
});

describeControl(control, {
  fails: [{ name: "every Secret", objects: [grant({ group: "", kind: "Secret" })], evidence: [{ path: "spec.to[0].name", value: null }] }],
  passes: [
    { name: "one Secret", objects: [grant({ group: "", kind: "Secret", name: "cert" })] },
    { name: "another kind", objects: [grant({ group: "", kind: "ConfigMap" })] },
  ],
  notApplicable: [
    { name: "no grant", objects: [] },
    { name: "no grant among manifests", objects: [], complete: false, reason: "These manifests hold no ReferenceGrant." },
  ],
  unknown: [{ name: "other grants may be elsewhere", objects: [grant({ group: "", kind: "Secret", name: "cert" })], complete: false }],
});
