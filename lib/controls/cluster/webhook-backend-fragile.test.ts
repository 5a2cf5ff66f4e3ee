import { deployment, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./webhook-backend-fragile";

const guard = (part: object = {}) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "guard" },
  webhooks: [
    {
      name: "v.example.com",
      failurePolicy: "Fail",
      rules: [{ operations: ["*"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods", "pods/*"] }],
      clientConfig: { service: { name: "app", namespace: "shop" } },
      ...part,
    },
  ],
});
const budget = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "app", namespace: "shop" },
  spec: { minAvailable: 1, selector: { matchLabels: { app: "app" } } },
};
const endpoints = (ready: boolean) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "app-1", namespace: "shop", labels: { "kubernetes.io/service-name": "app" } },
  endpoints: [{ addresses: ["10.0.0.1"], conditions: { ready } }],
});
const target = { kind: "ValidatingWebhookConfiguration", name: "guard" };

describeControl(control, {
  fails: [
    {
      name: "one replica",
      objects: [deployment({ spec: { replicas: 1 } }), service(), budget, guard()],
      target,
      evidence: [{ path: "spec.replicas", value: "1" }],
      severity: "medium",
    },
    { name: "one replica that nothing keeps running", objects: [deployment({ spec: { replicas: null } }), service(), guard()], target },
    { name: "no disruption budget", objects: [deployment(), service(), guard()], target },
    { name: "the Service does not exist", objects: [guard()], target, severity: "medium", remedy: false },
    { name: "the Service does not exist, and it fails open", objects: [guard({ failurePolicy: "Ignore" })], target, severity: "high", remedy: false },
    {
      name: "no backend is ready",
      objects: [deployment(), service(), budget, endpoints(false), guard()],
      target,
      evidence: [{ path: "webhooks[0].clientConfig.service" }],
      remedy: false,
    },
    { name: "objects leave the cluster", objects: [guard({ clientConfig: { url: "https://guard.example.com" } })], target, severity: "medium", remedy: false },
    {
      name: "Secrets leave the cluster",
      objects: [
        guard({ clientConfig: { url: "https://guard.example.com" }, rules: [{ operations: ["*"], apiGroups: ["*"], apiVersions: ["*"], resources: ["*"] }] }),
      ],
      target,
      severity: "high",
      remedy: false,
    },
  ],
  passes: [
    { name: "two replicas with a budget", objects: [deployment(), service(), budget, endpoints(true), guard()], target },
    { name: "on the machine of the API server", objects: [guard({ clientConfig: { url: "https://127.0.0.1:23443/mutate" } })], target },
    {
      name: "a Service, named by its address",
      objects: [deployment(), service(), budget, endpoints(true), guard({ clientConfig: { url: "https://app.shop.svc:443/validate" } })],
      target,
    },
  ],
  notApplicable: [{ name: "an empty configuration", objects: [{ ...guard(), webhooks: [] }], target }],
  unknown: [{ name: "a set of manifests", objects: [guard()], target, complete: false }],
});
