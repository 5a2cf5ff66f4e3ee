import { AUTHORITY, EXPIRED_AUTHORITY } from "../../inventory/admission/testing-ca-bundles";
import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { deployment, pod, replicaSet, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./webhook-backend-fragile";

const trusts = { service: { name: "app", namespace: "shop", port: 80 }, caBundle: AUTHORITY };
const guard = (part: object = {}) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "guard" },
  webhooks: [
    {
      name: "v.example.com",
      failurePolicy: "Fail",
      rules: [{ operations: ["*"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods", "pods/*"] }],
      clientConfig: trusts,
      ...part,
    },
  ],
});
const elsewhere = guard({ clientConfig: { url: "https://validation-webhook.hosted.svc.cluster.local/pods" } });
const budget = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "app", namespace: "shop" },
  spec: { minAvailable: 1, selector: { matchLabels: { app: "app" } } },
};
const scaler = (spec: object) => ({
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "scale", namespace: "shop" },
  spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "app" }, maxReplicas: 5, ...spec },
});
const PAUSED = "autoscaling.keda.sh/paused";
const keda = (spec: object = {}, annotations: object = {}) => ({
  apiVersion: "keda.sh/v1alpha1",
  kind: "ScaledObject",
  metadata: { name: "scale", namespace: "shop", annotations },
  spec: { scaleTargetRef: { name: "app" }, triggers: [], ...spec },
});
const endpoints = (ready: boolean) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: "app-1", namespace: "shop", labels: { "kubernetes.io/service-name": "app" } },
  endpoints: [{ addresses: ["10.0.0.1"], conditions: { ready } }],
});
const rollout = (spec: object = {}) => ({ ...deployment({ spec }), apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" });
const owned = (name: string) =>
  pod({
    name,
    podLabels: { app: "app" },
    metadata: { ownerReferences: [{ apiVersion: "example.com/v1", kind: "Guard", name: "app", uid: "1", controller: true }] },
  });
const target = { kind: "ValidatingWebhookConfiguration", name: "guard" };
const apiServer = (...flags: readonly string[]) => [controlPlaneNode(), componentPod("kube-apiserver", ["--etcd-servers=https://127.0.0.1:2379", ...flags])];
const headless = service({ spec: { clusterIP: "None" } });

describeControl(control, {
  fails: [
    {
      name: "a Service that chooses no pod which is there",
      objects: [service(), guard()],
      target,
      evidence: [
        { path: "webhooks[0].clientConfig.service", value: "shop/app", message: "v.example.com has no ready backend, so what it sees cannot be created." },
      ],
      remedy: false,
    },
    {
      name: "one replica",
      objects: [deployment({ spec: { replicas: 1 } }), service(), budget, guard()],
      target,
      evidence: [{ path: "spec.replicas", value: "1" }],
      severity: "medium",
    },
    { name: "a ReplicaSet of its own with one replica", objects: [replicaSet({ spec: { replicas: 1 } }), service(), guard()], target },
    {
      name: "one replica that nothing keeps running",
      objects: [deployment({ spec: { replicas: null } }), service(), guard()],
      target,
      evidence: [{ path: "spec.replicas", value: null, message: "v.example.com is answered by app with 1 replica, since replicas is not set." }],
    },
    {
      name: "an autoscaler that may leave one, whatever the workload starts with",
      objects: [deployment(), service(), budget, scaler({ minReplicas: undefined }), guard()],
      target,
      evidence: [
        {
          path: "spec.minReplicas",
          value: null,
          message: "v.example.com is answered by app with as few as 1 replica, since minReplicas is not set, by HorizontalPodAutoscaler scale.",
        },
      ],
    },
    {
      name: "KEDA, which may leave none, and no disruption budget",
      objects: [deployment(), service(), keda(), guard()],
      target,
      evidence: [{ path: "spec.minReplicaCount", value: null }, { path: "" }],
    },
    {
      name: "KEDA, which leaves fewer than its least while nothing happens",
      objects: [deployment(), service(), budget, keda({ minReplicaCount: 3, idleReplicaCount: 0 }), guard()],
      target,
      evidence: [{ path: "spec.idleReplicaCount", value: "0", message: "v.example.com is answered by app with as few as 0 replicas, by ScaledObject scale." }],
    },
    {
      name: "KEDA, which leaves none while nothing happens, and else one",
      objects: [deployment(), service(), budget, keda({ minReplicaCount: 1, idleReplicaCount: 0 }), guard()],
      target,
      evidence: [{ path: "spec.idleReplicaCount" }],
    },
    {
      name: "KEDA, which is paused at fewer than its least",
      objects: [
        deployment({ spec: { replicas: 1 } }),
        service(),
        budget,
        keda({ minReplicaCount: 3 }, { [`${PAUSED}-replicas`]: "1", [PAUSED]: "true" }),
        guard(),
      ],
      target,
      evidence: [{ path: `metadata.annotations["${PAUSED}-replicas"]`, value: "1" }],
    },
    {
      name: "one replica, whatever KEDA would keep if it were not paused",
      objects: [deployment({ spec: { replicas: 1 } }), service(), budget, keda({ minReplicaCount: 3 }, { [PAUSED]: "true" }), guard()],
      target,
      evidence: [{ path: "spec.replicas", value: "1" }],
    },
    {
      name: "the autoscaler of another kind of that name",
      objects: [
        deployment({ spec: { replicas: null } }),
        service(),
        budget,
        scaler({ minReplicas: 2, scaleTargetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name: "app" } }),
        guard(),
      ],
      target,
      evidence: [{ path: "spec.replicas", value: null }],
    },
    {
      name: "a pod of its own",
      objects: [pod(), service(), budget, guard()],
      target,
      evidence: [{ path: "", message: "v.example.com is answered by Pod app alone, which nothing replaces." }],
      remedy: false,
    },
    {
      name: "two pods of their own",
      objects: [pod(), pod({ name: "other", podLabels: { app: "app" } }), service(), budget, guard()],
      target,
      evidence: [
        { path: "", message: "v.example.com is answered by Pod app, which nothing replaces." },
        { path: "", message: "v.example.com is answered by Pod other, which nothing replaces." },
      ],
      remedy: false,
    },
    {
      name: "a Rollout with one replica",
      objects: [rollout({ replicas: 1 }), service(), budget, guard()],
      target,
      evidence: [{ path: "spec.replicas", value: "1", message: "v.example.com is answered by app with 1 replica." }],
    },
    { name: "a Rollout that no budget keeps running", objects: [rollout(), service(), guard()], target, evidence: [{ path: "" }] },
    {
      name: "one pod of a custom owner",
      objects: [owned("app-0"), service(), budget, guard()],
      target,
      evidence: [{ path: "", message: "v.example.com is answered by app with 1 pod." }],
      remedy: false,
    },
    { name: "no disruption budget", objects: [deployment(), service(), guard()], target },
    {
      name: "a URL with the name of a Service that does not exist, where the API server runs",
      objects: [controlPlaneNode(), componentPod("kube-apiserver", []), elsewhere],
      target,
      evidence: [
        { path: "webhooks[0].clientConfig.service", message: "v.example.com names a Service that does not exist, so what it sees cannot be created." },
      ],
      remedy: false,
    },
    { name: "the Service does not exist", objects: [guard()], target, severity: "medium", remedy: false },
    { name: "the Service does not exist, and it fails open", objects: [guard({ failurePolicy: "Ignore" })], target, severity: "high", remedy: false },
    {
      name: "no backend is ready",
      objects: [deployment(), service(), budget, endpoints(false), guard()],
      target,
      evidence: [{ path: "webhooks[0].clientConfig.service" }],
      remedy: false,
    },
    {
      name: "a Service without an address of its own, which the API server does not call",
      objects: [deployment(), headless, budget, endpoints(true), guard(), ...apiServer()],
      target,
      evidence: [
        {
          path: "webhooks[0].clientConfig.service",
          value: "shop/app",
          message: "v.example.com names a Service that the API server does not call, so what it sees cannot be created.",
        },
      ],
      remedy: false,
    },
    {
      name: "a port that its Service does not have",
      objects: [deployment(), service({ spec: { ports: [{ port: 8443 }] } }), budget, endpoints(true), guard()],
      target,
      evidence: [
        {
          path: "webhooks[0].clientConfig.service",
          value: "shop/app",
          message: "v.example.com asks for port 80 of a Service that has none such, so what it sees cannot be created.",
        },
      ],
      remedy: false,
    },
    {
      name: "objects leave the cluster by a Service that is only a name",
      objects: [service({ spec: { type: "ExternalName", externalName: "guard.example.com", selector: null } }), guard()],
      target,
      evidence: [
        { path: "webhooks[0].clientConfig.service", value: "https://guard.example.com:80", message: "v.example.com sends objects out of the cluster." },
      ],
      remedy: false,
    },
    {
      name: "a Service of addresses that nobody has written",
      objects: [service({ spec: { selector: null } }), { ...endpoints(true), metadata: { name: "other-1", namespace: "shop" } }, guard()],
      target,
      evidence: [{ path: "webhooks[0].clientConfig.service", message: "v.example.com has no ready backend, so what it sees cannot be created." }],
      remedy: false,
    },
    {
      name: "a bundle of certificates that are over",
      objects: [deployment(), service(), budget, guard({ clientConfig: { ...trusts, caBundle: EXPIRED_AUTHORITY } })],
      target,
      severity: "medium",
      evidence: [
        {
          path: "webhooks[0].clientConfig.caBundle",
          message: "v.example.com cannot be answered: no certificate in its caBundle is valid at this time, so what it sees cannot be created.",
        },
      ],
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
    {
      name: "a bundle that others may write yet among manifests",
      objects: [deployment(), service(), budget, guard({ clientConfig: { ...trusts, caBundle: EXPIRED_AUTHORITY } })],
      complete: false,
      target,
    },
    {
      name: "the API server itself, which needs no bundle to know itself",
      objects: [
        service({ name: "kubernetes", namespace: "default", spec: { selector: undefined, ports: [{ port: 443 }] } }),
        guard({ clientConfig: { service: { name: "kubernetes", namespace: "default" } } }),
      ],
      target,
    },
    { name: "a Service of addresses that somebody writes", objects: [service({ spec: { selector: null } }), guard()], target },
    { name: "a Service of addresses that somebody has written", objects: [service({ spec: { selector: null } }), endpoints(true), guard()], target },
    {
      name: "a Service of addresses that somebody writes in manifests, beside others that have slices",
      objects: [
        service({ spec: { selector: null } }),
        {
          apiVersion: "v1",
          kind: "Endpoints",
          metadata: { name: "app", namespace: "shop" },
          subsets: [{ addresses: [{ ip: "10.0.0.7" }], ports: [{ port: 443 }] }],
        },
        { ...endpoints(true), metadata: { name: "other-1", namespace: "shop" } },
        guard(),
      ],
      target,
    },
    {
      name: "a Service without an address of its own, and an API server that calls pods",
      objects: [deployment(), headless, budget, endpoints(true), guard(), ...apiServer("--enable-aggregator-routing=true")],
      target,
    },
    { name: "two replicas with a budget", objects: [deployment(), service(), budget, endpoints(true), guard()], target },
    {
      name: "as many as its autoscaler keeps, however few are written",
      objects: [deployment({ spec: { replicas: null } }), service(), budget, scaler({ minReplicas: 2 }), guard()],
      target,
    },
    { name: "as many as KEDA keeps", objects: [deployment({ spec: { replicas: 1 } }), service(), budget, keda({ minReplicaCount: 3 }), guard()], target },
    { name: "as many as it has while KEDA is paused", objects: [deployment(), service(), budget, keda({}, { [PAUSED]: "true" }), guard()], target },
    {
      name: "as many as KEDA is paused at",
      objects: [deployment(), service(), budget, keda({}, { [`${PAUSED}-replicas`]: "2" }), guard()],
      target,
    },
    {
      name: "as many as KEDA keeps, which its annotations do not pause",
      objects: [
        deployment({ spec: { replicas: 1 } }),
        service(),
        budget,
        keda({ minReplicaCount: 2 }, { [PAUSED]: "false", [`${PAUSED}-replicas`]: "" }),
        guard(),
      ],
      target,
    },
    { name: "on the machine of the API server", objects: [guard({ clientConfig: { url: "https://127.0.0.1:23443/mutate" } })], target },
    {
      name: "a pod of its own beside a Deployment",
      objects: [deployment(), pod({ name: "more", podLabels: { app: "app" } }), service(), budget, guard()],
      target,
    },
    { name: "a Rollout with two replicas and a budget", objects: [rollout(), service(), budget, guard()], target },
    {
      name: "a Rollout that its autoscaler keeps at two",
      objects: [
        rollout({ replicas: 1 }),
        service(),
        budget,
        scaler({ minReplicas: 2, scaleTargetRef: { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "app" } }),
        guard(),
      ],
      target,
    },
    { name: "two pods of a custom owner with a budget", objects: [owned("app-0"), owned("app-1"), service(), budget, guard()], target },
    {
      name: "a Service, named by its address",
      objects: [deployment(), service(), budget, endpoints(true), guard({ clientConfig: { url: "https://app.shop.svc:80/validate" } })],
      target,
    },
  ],
  notApplicable: [{ name: "an empty configuration", objects: [{ ...guard(), webhooks: [] }], target }],
  unknown: [
    {
      name: "a stand-in for the bundle that cert-manager writes, in manifests of a whole cluster",
      objects: [
        deployment(),
        service(),
        budget,
        {
          ...guard({ clientConfig: { ...trusts, caBundle: btoa("\n") } }),
          metadata: { name: "guard", annotations: { "cert-manager.io/inject-ca-from": "shop/app" } },
        },
      ],
      target,
      reason: "Whether the API server trusts what answers v.example.com, without a caBundle, is not seen.",
    },
    {
      name: "no bundle, so that only the machine of the API server may know whom it trusts",
      objects: [deployment(), service(), budget, guard({ clientConfig: { ...trusts, caBundle: undefined } })],
      target,
      reason: "Whether the API server trusts what answers v.example.com, without a caBundle, is not seen.",
    },
    {
      name: "a Service without an address of its own, and no API server that shows whether it calls such",
      objects: [deployment(), headless, budget, endpoints(true), guard()],
      target,
      reason: "Whether the API server calls shop/app, a Service without an address of its own, is not seen.",
    },
    {
      name: "a Rollout that does not say how many pods it keeps",
      objects: [rollout({ replicas: null }), service(), budget, guard()],
      target,
      reason: "How many pods Rollout app runs is not said, and what scales it may lie elsewhere.",
    },
    {
      name: "a URL with the name of a Service that is not there, and an API server that runs elsewhere",
      objects: [elsewhere],
      target,
      reason: "Whether anything answers at validation-webhook.hosted.svc.cluster.local, the name of no Service here, is not seen.",
    },
    { name: "a set of manifests", objects: [guard()], target, complete: false },
    {
      name: "a set of manifests that does not say how many pods answer",
      objects: [deployment({ spec: { replicas: null } }), service(), budget, guard()],
      target,
      complete: false,
      reason: "How many pods Deployment app runs is not said, and what scales it may lie elsewhere.",
    },
  ],
});
