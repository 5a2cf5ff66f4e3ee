import { expect, it } from "vitest";
import { customRoutesCollector } from "./custom-routes";

it("keeps of a Route of OpenShift how it has TLS, and neither its certificate nor the key to it", () => {
  const base = { apiVersion: "route.openshift.io/v1", kind: "Route", metadata: { name: "app", namespace: "shop" } };
  const tls = { termination: "edge", insecureEdgeTerminationPolicy: "Redirect" };
  const route = { ...base, spec: { host: "app.example.com", tls: { ...tls, certificate: "PEM", key: "PEM", caCertificate: "PEM" } } };
  expect(customRoutesCollector.project?.(route)).toEqual({ ...base, spec: { host: "app.example.com", tls } });
  const named = { ...base, spec: { tls: { ...tls, key: "PEM", externalCertificate: { name: "app-tls" } } } };
  expect(customRoutesCollector.project?.(named)).toEqual({ ...base, spec: { tls: { ...tls, externalCertificate: { name: "app-tls" } } } });
});
