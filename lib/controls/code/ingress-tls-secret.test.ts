import { ingress } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-tls-secret";

const secret = (type: string) => ({ apiVersion: "v1", kind: "Secret", metadata: { name: "app-tls", namespace: "shop" }, type });
const target = { kind: "Ingress", name: "app" };

describeControl(control, {
  fails: [
    { name: "the Secret does not exist", objects: [ingress()], target, evidence: [{ path: "spec.tls[0].secretName", value: "app-tls" }] },
    {
      name: "a store of another namespace holds it",
      objects: [ingress(), { apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", metadata: { name: "app-tls", namespace: "other" } }],
      target,
    },
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
    { name: "Secrets are not read", objects: [ingress()], target, missing: ["secrets"] },
    { name: "a set of manifests", objects: [ingress()], target, complete: false },
  ],
});
