import { EXPIRED_AUTHORITY } from "../../inventory/admission/testing-ca-bundles";
import { deployment, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./webhook-fail-open";

const hook = (failurePolicy: string, part: object = {}) => ({
  name: "validate.example.com",
  failurePolicy,
  clientConfig: { service: { name: "app", namespace: "shop", port: 80 } },
  rules: [{ operations: ["CREATE", "UPDATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods", "pods/ephemeralcontainers"] }],
  ...part,
});
const configuration = (kind: string, ...webhooks: readonly object[]) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind,
  metadata: { name: "guard" },
  webhooks,
});
const budget = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "app", namespace: "shop" },
  spec: { minAvailable: 1, selector: { matchLabels: { app: "app" } } },
};
const backend = [deployment(), service(), budget];
const target = { kind: "ValidatingWebhookConfiguration", name: "guard" };

describeControl(control, {
  fails: [
    {
      name: "a guard of pods",
      objects: [...backend, configuration("ValidatingWebhookConfiguration", hook("Fail"), hook("Ignore"))],
      target,
      evidence: [{ path: "webhooks[1].failurePolicy", value: "Ignore" }],
      severity: "medium",
    },
    {
      name: "by the default of the first version of the API",
      objects: [
        ...backend,
        { ...configuration("ValidatingWebhookConfiguration", { ...hook("Fail"), failurePolicy: null }), apiVersion: "admissionregistration.k8s.io/v1beta1" },
      ],
      target,
      evidence: [{ path: "webhooks[0].failurePolicy", value: null }],
    },
    {
      name: "with a single backend",
      objects: [deployment({ spec: { replicas: 1 } }), service(), configuration("ValidatingWebhookConfiguration", hook("Ignore"))],
      target,
      severity: "high",
    },
    {
      name: "at a port that its Service does not have",
      objects: [deployment(), service({ spec: { ports: [{ port: 8443 }] } }), budget, configuration("ValidatingWebhookConfiguration", hook("Ignore"))],
      target,
      severity: "high",
    },
    {
      name: "with a bundle of certificates that are over",
      objects: [
        ...backend,
        configuration(
          "ValidatingWebhookConfiguration",
          hook("Ignore", { clientConfig: { service: { name: "app", namespace: "shop", port: 80 }, caBundle: EXPIRED_AUTHORITY } }),
        ),
      ],
      target,
      severity: "high",
    },
    {
      name: "with a backend of which a part of a cluster does not say how many run",
      objects: [deployment({ spec: { replicas: null } }), service(), configuration("ValidatingWebhookConfiguration", hook("Ignore"))],
      target,
      complete: false,
      severity: "medium",
    },
    {
      name: "with one that an autoscaler may leave single",
      objects: [
        deployment(),
        service(),
        {
          apiVersion: "autoscaling/v2",
          kind: "HorizontalPodAutoscaler",
          metadata: { name: "scale", namespace: "shop" },
          spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "app" }, minReplicas: 1, maxReplicas: 5 },
        },
        configuration("ValidatingWebhookConfiguration", hook("Ignore")),
      ],
      target,
      complete: false,
      severity: "high",
    },
    {
      name: "with a backend that nothing keeps running",
      objects: [deployment(), service(), configuration("ValidatingWebhookConfiguration", hook("Ignore"))],
      target,
      severity: "high",
    },
    {
      name: "with a backend that does not exist",
      objects: [configuration("ValidatingWebhookConfiguration", hook("Ignore"))],
      target,
      severity: "high",
    },
    {
      name: "at a name that the API server may look up elsewhere",
      objects: [
        configuration("ValidatingWebhookConfiguration", hook("Ignore", { clientConfig: { url: "https://validation-webhook.hosted.svc.cluster.local/pods" } })),
      ],
      target,
      severity: "medium",
    },
    {
      name: "with a backend that is not among the manifests",
      objects: [configuration("ValidatingWebhookConfiguration", hook("Ignore"))],
      target,
      complete: false,
      severity: "medium",
    },
    {
      name: "a known engine, whatever it looks at",
      objects: [
        ...backend,
        configuration(
          "MutatingWebhookConfiguration",
          hook("Ignore", { name: "mutate.kyverno.svc-fail", rules: [{ operations: ["CREATE"], resources: ["configmaps"] }] }),
        ),
      ],
    },
  ],
  passes: [{ name: "it fails closed", objects: [...backend, configuration("ValidatingWebhookConfiguration", hook("Fail"))], target }],
  notApplicable: [
    {
      name: "the webhook of EKS that keeps annotations of its own",
      objects: [configuration("ValidatingWebhookConfiguration", hook("Ignore", { name: "vpod.vpc.k8s.aws", clientConfig: { url: "https://127.0.0.1:9443" } }))],
      target,
    },
    {
      name: "the webhook by which Gatekeeper edits objects",
      objects: [configuration("MutatingWebhookConfiguration", hook("Ignore", { name: "mutation.gatekeeper.sh" }))],
      target: { kind: "MutatingWebhookConfiguration", name: "guard" },
    },
    {
      name: "the webhook of GKE",
      objects: [configuration("ValidatingWebhookConfiguration", hook("Ignore", { name: "warden-validating.common-webhooks.networking.gke.io" }))],
      target,
    },
    {
      name: "the check of Kyverno on itself",
      objects: [
        {
          ...configuration(
            "MutatingWebhookConfiguration",
            hook("Ignore", {
              name: "monitor-webhooks.kyverno.svc",
              rules: [{ operations: ["UPDATE"], apiGroups: ["coordination.k8s.io"], apiVersions: ["v1"], resources: ["leases"] }],
            }),
          ),
          metadata: { name: "kyverno-verify-mutating-webhook-cfg" },
        },
      ],
      target: { kind: "MutatingWebhookConfiguration", name: "kyverno-verify-mutating-webhook-cfg" },
      reason: "None of its webhooks guards the cluster.",
    },
    {
      name: "everything of another group",
      objects: [
        ...backend,
        configuration(
          "ValidatingWebhookConfiguration",
          hook("Ignore", { rules: [{ operations: ["*"], apiGroups: ["cert-manager.io"], apiVersions: ["v1"], resources: ["*/*"] }] }),
        ),
      ],
      target,
    },
    {
      name: "it guards nothing",
      objects: [
        ...backend,
        configuration("ValidatingWebhookConfiguration", hook("Ignore", { rules: [{ operations: ["CREATE"], resources: ["certificates"] }] })),
      ],
      target,
    },
    { name: "a mutation of pods that is no guard", objects: [...backend, configuration("MutatingWebhookConfiguration", hook("Ignore"))] },
  ],
});
