import { ingress } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-tls-secret";

const secret = (type: string) => ({ apiVersion: "v1", kind: "Secret", metadata: { name: "app-tls", namespace: "shop" }, type });
const sealed = (name: string, template: string, namespace = "shop") => ({
  apiVersion: "bitnami.com/v1alpha1",
  kind: "SealedSecret",
  metadata: { name, namespace },
  spec: { template: { metadata: { name: template } } },
});
const target = { kind: "Ingress", name: "app" };

describeControl(control, {
  fails: [
    { name: "the Secret does not exist", objects: [ingress()], target, evidence: [{ path: "spec.tls[0].secretName", value: "app-tls" }] },
    {
      name: "a store of another namespace holds it",
      objects: [ingress(), sealed("app-tls", "app-tls", "other")],
      target,
    },
    { name: "a sealed one of another name, whose template counts for nothing", objects: [ingress(), sealed("web", "app-tls")], target },
    { name: "the Secret is of another type", objects: [ingress(), secret("Opaque")], target },
  ],
  passes: [
    { name: "the Secret exists", objects: [ingress(), secret("kubernetes.io/tls")], target },
    {
      name: "cert-manager makes it",
      objects: [
        ingress(),
        { apiVersion: "cert-manager.io/v1", kind: "Certificate", metadata: { name: "app", namespace: "shop" }, spec: { secretName: "app-tls" } },
      ],
      target,
    },
  ],
  notApplicable: [{ name: "no Secret is named", objects: [ingress({ spec: { tls: [{ hosts: ["app.example.com"] }] } })], target }],
  unknown: [
    {
      name: "cert-manager is asked to make it",
      objects: [ingress({ metadata: { annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" } } })],
      target,
    },
    {
      name: "a store outside of the cluster holds it",
      objects: [
        ingress(),
        { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: { name: "web", namespace: "shop" }, spec: { target: { name: "app-tls" } } },
      ],
      target,
    },
    {
      name: "a store outside of the cluster holds it, and says no name",
      objects: [ingress(), { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: { name: "app-tls", namespace: "shop" }, spec: {} }],
      target,
    },
    {
      name: "it is sealed, whatever its template is called",
      objects: [ingress(), sealed("app-tls", "web")],
      target,
      reason: "SealedSecret app-tls makes the Secret app-tls, and nothing shows yet that it did.",
    },
    { name: "Secrets are not read", objects: [ingress()], target, missing: ["secrets"] },
    { name: "a set of manifests", objects: [ingress()], target, complete: false },
  ],
});
