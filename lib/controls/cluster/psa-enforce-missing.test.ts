import { deployment, engineWebhook, namespace, node } from "../../inventory/testing";
import { podOf } from "../../inventory/workloads/testing-live-pod";
import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { describeControl } from "../testing";
import {
  constraints,
  controller,
  gatekeeper,
  gatekeeperRuns,
  kyverno,
  ofNamespace,
  policyOf,
  running,
  scoped,
  securityContextConstraints,
  server,
  stateful,
  wholeNamespace,
} from "../testing-pod-security-guards";
import { RULES_ON_TAKEOVERS } from "../testing-kyverno-rules";
import { askedOfGatekeeper, askedOfKyverno, ENFORCE, needsBaseline, open, TARGET, TRIED } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

const SHOP = { matchLabels: { "kubernetes.io/metadata.name": "shop" } };

describeControl(control, {
  fails: [
    ...TRIED.fails,
    ...RULES_ON_TAKEOVERS.fails,
    {
      name: "a policy that leaves out whoever has signed in",
      objects: [...askedOfKyverno, kyverno({}, { exclude: { any: [{ subjects: [{ kind: "User", name: "*" }] }] } })],
    },
    { name: "a policy that is not ready", objects: [...askedOfKyverno, { ...kyverno({}), status: { ready: false } }] },
    {
      name: "a policy about what is deleted",
      objects: [...askedOfKyverno, kyverno({}, { match: { any: [{ resources: { kinds: ["Pod"], operations: ["DELETE"] } }] } })],
    },
    {
      name: "a policy that only audits where a namespace has these labels",
      objects: [
        ...askedOfKyverno,
        kyverno({
          validationFailureActionOverrides: [{ action: "Audit", namespaceSelector: { matchExpressions: [{ key: "strict", operator: "DoesNotExist" }] } }],
        }),
      ],
    },
    {
      name: "privileged by its own label, whatever the API server's default is",
      objects: [namespace({ labels: { [ENFORCE]: "privileged" } }), needsBaseline, controlPlaneNode(), server],
    },
    { name: "a policy of another namespace", objects: [...askedOfKyverno, policyOf("other")] },
    { name: "a policy in CEL of another namespace", objects: [...askedOfKyverno, ofNamespace("other")] },
    {
      name: "a Kyverno that is scaled to zero",
      objects: [open, needsBaseline, kyverno({}), { ...running("true")[0], spec: { ...Object(running("true")[0]).spec, replicas: 0 } }],
    },
    {
      name: "another program of Kyverno alone",
      objects: [
        open,
        needsBaseline,
        kyverno({}),
        deployment({ name: "reports", namespace: "guard", container: { image: "ghcr.io/kyverno/reports-controller:v1.17.1" } }),
      ],
    },
    { name: "no label", objects: [open, needsBaseline], severity: "high", evidence: [{ path: `metadata.labels["${ENFORCE}"]`, value: null }] },
    {
      name: "the label says privileged",
      objects: [namespace({ labels: { [ENFORCE]: "privileged" } }), needsBaseline],
      evidence: [{ path: `metadata.labels["${ENFORCE}"]`, value: "privileged" }],
    },
    { name: "a Kyverno policy that only audits", objects: [...askedOfKyverno, kyverno({ validationFailureAction: "Audit" })] },
    {
      name: "a Kyverno policy of which all parts must match",
      objects: [...askedOfKyverno, kyverno({}, { match: { all: [{ resources: { kinds: ["Pod"] } }, { resources: { namespaces: ["other"] } }] } })],
    },
    {
      name: "a Kyverno policy that leaves the namespace out",
      objects: [...askedOfKyverno, kyverno({}, { exclude: { any: [{ resources: { namespaces: ["shop"] } }] } })],
    },
    {
      name: "a label, and the plugin behind it switched off",
      objects: [namespace(), needsBaseline, controlPlaneNode(), componentPod("kube-apiserver", ["--disable-admission-plugins=PodSecurity"])],
      target: TARGET,
      remedy: false,
    },
    {
      name: "a Kyverno policy that only audits here",
      objects: [...askedOfKyverno, kyverno({ validationFailureActionOverrides: [{ action: "Audit", namespaces: ["shop"] }] })],
    },
    { name: "a Gatekeeper constraint that only warns", objects: [...askedOfGatekeeper, ...gatekeeper({ enforcementAction: "warn" })] },
    {
      name: "a Gatekeeper constraint that denies in audits only",
      objects: [...askedOfGatekeeper, ...gatekeeper({ ...wholeNamespace, ...scoped("deny", "audit.gatekeeper.sh") })],
    },
    {
      name: "a Gatekeeper constraint that only warns at its webhook",
      objects: [...askedOfGatekeeper, ...gatekeeper({ ...wholeNamespace, ...scoped("warn", "validation.gatekeeper.sh") })],
    },
    ...[
      { match: { kinds: [{ apiGroups: ["apps"], kinds: ["*"] }] } },
      { match: { kinds: [{ apiGroups: [""], kinds: ["Service"] }] } },
      { match: { labelSelector: { matchLabels: { tier: "front" } } } },
      { match: { name: "web-*" } },
      { match: { source: "Generated" } },
      { parameters: { exemptImages: ["registry.example.com/*", "*"] } },
    ].map((spec) => ({
      name: `a Gatekeeper constraint that is not for every pod: ${JSON.stringify(spec)}`,
      objects: [...askedOfGatekeeper, ...gatekeeper(spec)],
    })),
    {
      name: "Kyverno that asks for no webhook, since no pod of it is ready",
      objects: [open, needsBaseline, stateful, podOf(stateful, "a", "False"), kyverno({})],
      target: TARGET,
    },
    { name: "what is left of a Kyverno that was removed", objects: [...askedOfGatekeeper, kyverno({})] },
    { name: "a Kyverno policy that is not used at admission", objects: [...askedOfKyverno, kyverno({ admission: false })] },
  ],
  passes: [
    ...TRIED.passes,
    ...RULES_ON_TAKEOVERS.passes,
    { name: "GKE Autopilot, which refuses privileged pods itself", objects: [open, node({ name: "gk3-shop-1" })] },
    {
      name: "a policy for namespaces with a label that it has",
      objects: [open, engineWebhook("kyverno"), kyverno({}, { match: { any: [{ resources: { kinds: ["Pod"], namespaceSelector: SHOP } }] } })],
    },
    ...["*", "**", ""].map((name) => ({
      name: `a constraint for pods of any name: "${name}"`,
      objects: [open, ...gatekeeperRuns, ...gatekeeper({ match: { name } })],
    })),
    {
      name: "a constraint for namespaces with a label that it has",
      objects: [open, ...gatekeeperRuns, ...gatekeeper({ match: { namespaceSelector: SHOP } })],
    },
    {
      name: "a policy that only audits elsewhere, and lets out what is deleted",
      objects: [
        ...askedOfKyverno,
        kyverno(
          { validationFailureActionOverrides: [{ action: "Audit", namespaceSelector: { matchLabels: { lax: "yes" } } }] },
          { exclude: { any: [{ resources: { kinds: ["Pod"], operations: ["DELETE"] } }] } },
        ),
      ],
    },
    { name: "a policy of the namespace itself", objects: [open, engineWebhook("kyverno"), policyOf("shop")], target: TARGET },
    { name: "Kyverno that has yet to write its webhooks, by its image", objects: [open, kyverno({}), ...running("false")], target: TARGET },
    { name: "a policy in CEL of the namespace itself", objects: [open, engineWebhook("kyverno"), ofNamespace("shop")] },
    { name: "Kyverno that has yet to write its webhooks", objects: [open, controller, kyverno({})], target: TARGET },
    {
      name: "a Kyverno policy that leaves administrators out",
      objects: [open, engineWebhook("kyverno"), kyverno({}, { exclude: { any: [{ clusterRoles: ["cluster-admin"] }] } })],
    },
    {
      name: "a Kyverno policy that enforces here",
      objects: [
        open,
        engineWebhook("kyverno"),
        kyverno({ validationFailureAction: "Audit", validationFailureActionOverrides: [{ action: "Enforce", namespaces: ["sh*"] }] }),
      ],
    },
    { name: "baseline", objects: [namespace({ labels: { [ENFORCE]: "baseline" } })] },
    { name: "a level that is none acts as restricted", objects: [namespace({ labels: { [ENFORCE]: "strict" } })] },
    { name: "a Kyverno policy enforces the same", objects: [open, engineWebhook("kyverno"), kyverno({})] },
    { name: "a Gatekeeper constraint denies privileged pods", objects: [open, ...gatekeeperRuns, ...gatekeeper(wholeNamespace)] },
    ...["*", "validation.gatekeeper.sh"].map((point) => ({
      name: `a Gatekeeper constraint denies at ${point}`,
      objects: [open, ...gatekeeperRuns, ...gatekeeper({ ...wholeNamespace, ...scoped("deny", point) })],
    })),
    {
      name: "a Gatekeeper constraint for pods by their kind, with selectors that choose everything",
      objects: [open, ...gatekeeperRuns, ...gatekeeper({ match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }], labelSelector: {}, source: "Original" } })],
    },
  ],
  notApplicable: [{ name: "a namespace of the platform", objects: [namespace({ name: "kube-system", labels: { [ENFORCE]: undefined } })] }],
  unknown: [
    ...TRIED.unknown,
    ...RULES_ON_TAKEOVERS.unknown,
    ...[
      kyverno({}, { preconditions: { all: [{ key: "a", operator: "Equals", value: "b" }] } }),
      kyverno({ webhookConfiguration: { matchConditions: [{ name: "a", expression: "has(object.a)" }] } }),
    ].map((policy, index) => ({
      name: `a policy whose ${index === 0 ? "conditions choose" : "webhook chooses"} what it looks at`,
      objects: [...askedOfKyverno, policy],
      target: TARGET,
      reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but conditions, labels, names or people choose what it sees.",
    })),
    {
      name: "a release that does not act on labels by itself",
      objects: [namespace({ name: "a", labels: { "pod-security.kubernetes.io/enforce": "baseline" } })],
      kubeVersion: "1.22",
    },
    { name: "policies of the API server cannot be listed", objects: [open, needsBaseline], missing: ["admissionPolicies"] },
    { name: "OpenShift, where constraints decide that are not read", objects: [open, securityContextConstraints] },
    { name: "OpenShift, whose kinds were not read either", objects: [open, constraints("restricted-v2")], missing: ["customResourceDefinitions"] },
    { name: "the API server has defaults of its own", objects: [open, server], target: TARGET },
    {
      name: "a policy of an engine whose settings were not read",
      objects: [
        open,
        kyverno({}),
        { ...engineWebhook(), webhooks: [{ name: "validate.kyverno.svc", clientConfig: { service: { namespace: "guard" } }, rules: [{}] }] },
      ],
      missing: ["configMaps"],
    },
    { name: "a policy whose engine cannot be looked for", objects: [open, kyverno({})], missing: ["webhooks"] },
    { name: "a policy among manifests, which need not show its engine", objects: [open, kyverno({})], complete: false },
    { name: "a part of a cluster", objects: [open], complete: false },
  ],
});
