import { ingress } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ingress-tls-secret";

const secret = (type: string) => ({ apiVersion: "v1", kind: "Secret", metadata: { name: "app-tls", namespace: "shop" }, type });
const target = { kind: "Ingress", name: "app" };

describeControl(control, {
  fails: [
    { name: "the Secret does not exist", objects: [ingress()], target, evidence: [{ path: "spec.tls[0].secretName", value: "app-tls" }] },
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
    { name: "Secrets are not read", objects: [ingress()], target, missing: ["secrets"] },
    { name: "a set of manifests", objects: [ingress()], target, complete: false },
  ],
});
