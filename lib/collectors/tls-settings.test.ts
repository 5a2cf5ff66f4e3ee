import { expect, it } from "vitest";
import { tlsSettingsCollector } from "./tls-settings";

it("keeps of a router what it was told, and the TLS that is in effect", () => {
  const told = { apiVersion: "operator.openshift.io/v1", kind: "IngressController", metadata: { name: "default" }, spec: { replicas: 2 } };
  const tlsProfile = { minTLSVersion: "VersionTLS12" };
  const status = { availableReplicas: 2, conditions: [{ type: "Available" }] };
  expect(tlsSettingsCollector.project?.({ ...told, status })).toEqual(told);
  expect(tlsSettingsCollector.project?.({ ...told, status: { ...status, tlsProfile } })).toEqual({ ...told, status: { tlsProfile } });
});
