import { AUTHORITY, EXPIRED_AUTHORITY, OF_THE_SERVICE } from "../../inventory/admission/testing-ca-bundles";
import { componentPod, controlPlaneNode, nodeStartedWith } from "../../inventory/nodes/testing-control-plane";
import { podOf } from "../../inventory/testing-roots";
import { deployment, engineWebhook, service, webhookService } from "../../inventory/testing";
import { record } from "../../model/json";
import { kyvernoPolicy, nativePolicy, TAKES_OVER_NOTHING } from "../admission/testing-native-policies";
import { describeControl } from "../testing";
import { gatekeeper, gatekeeperTemplates, kyverno } from "../testing-pod-security-guards";
import { ENFORCE, EVERYTHING, needsBaseline, open, TARGET } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

const LABEL = `metadata.labels["${ENFORCE}"]`;
const UNENFORCED = "No level is enforced; the built-in default is privileged.";
const UNANSWERED = "nothing that runs answers its webhook, which lets everything through then";
const UNTOLD =
  "ClusterPolicy pod-security may refuse pods here that take over a node, but Kyverno's webhook fails open, and whether anything answers it was not read.";
const says = (policy: string, because: string) => [{ path: LABEL, message: `${UNENFORCED} ${policy} does nothing here: ${because}.` }];

const clientConfig = { service: { namespace: "guard", name: "app" }, caBundle: AUTHORITY };
const atPort = (port: number | undefined) => ({ ...clientConfig, service: { ...clientConfig.service, ...(port !== undefined && { port }) } });
const hooked = (engine: string, failurePolicy: string, port?: number) => ({
  ...engineWebhook(engine),
  webhooks: [{ name: `validate.${engine}.svc`, failurePolicy, rules: EVERYTHING, clientConfig: atPort(port) }],
});
const backend = webhookService();
const engine = (replicas: number) => deployment({ namespace: "guard", spec: { replicas } });
const byKyverno = (failurePolicy = "Ignore", port?: number) => [open, needsBaseline, kyverno({}), hooked("kyverno", failurePolicy, port)];
const byGatekeeper = [open, needsBaseline, ...gatekeeperTemplates, ...gatekeeper({}), hooked("gatekeeper", "Ignore")];
const inCel = kyvernoPolicy(TAKES_OVER_NOTHING);
const native = [open, needsBaseline, ...nativePolicy(TAKES_OVER_NOTHING)];

const container = { image: "ghcr.io/kyverno/kyverno:v1.17.1" };
/** Kyverno, which has itself asked about its own objects, before it has written or after somebody has deleted its webhook for others; so many pods of it are ready. */
const unwritten = (webhooks: readonly object[], replicas: number, ...ready: readonly string[]) => [
  open,
  needsBaseline,
  kyverno({}),
  { ...hooked("kyverno", "Fail"), webhooks },
  backend,
  deployment({ namespace: "guard", spec: { replicas }, container }),
  ...ready.map((status, index) =>
    podOf("ReplicaSet", "app-7d4b9c5f6d", `app-7d4b9c5f6d-${index}`, {
      namespace: "guard",
      container,
      status: { phase: "Running", conditions: [{ type: "Ready", status }] },
    }),
  ),
];
const askedOf = (apiGroup: string, resource: string) => ({
  name: `validate.${resource}.kyverno.svc`,
  failurePolicy: "Fail",
  rules: [{ operations: ["CREATE", "UPDATE"], apiGroups: [apiGroup], apiVersions: ["*"], resources: [resource] }],
  clientConfig,
});
const ofPolicies = askedOf("kyverno.io", "clusterpolicies");
const ofOthers = askedOf("apps", "deployments");

/** An API server that has plugins switched off. */
const without = (...plugins: readonly string[]) => [controlPlaneNode(), componentPod("kube-apiserver", [`--disable-admission-plugins=${plugins.join(",")}`])];
/** Kyverno behind a Service of another sort, and an API server that shows how it calls those. */
const calling = (spec: object, ...flags: readonly string[]) => [
  ...[...byKyverno(), { ...backend, spec: { ...record(backend.spec), ...spec } }, engine(1)],
  ...(flags.length === 0 ? [] : [controlPlaneNode(), componentPod("kube-apiserver", ["--etcd-servers=https://127.0.0.1:2379", ...flags])]),
];
const HEADLESS = { clusterIP: "None" };
const ONLY_A_NAME = { type: "ExternalName", externalName: "policies.example.com" };
/** One that shows all of its flags, of a release in which policies of its own are a feature in beta. */
const inBeta = (gates: string) => ({
  kubeVersion: "1.29",
  objects: [...native, controlPlaneNode(), componentPod("kube-apiserver", ["--etcd-servers=https://127.0.0.1:2379", `--feature-gates=${gates}`])],
  target: TARGET,
});
const switchedOff = (plugin: string) => `the API server has the plugin ${plugin} switched off`;
const onK3s = (flag: string) => nodeStartedWith(["server", `--kube-apiserver-arg=${flag}`]);

/** A Service whose addresses somebody writes, and such addresses. */
const WRITTEN = { ...backend, spec: { ports: [{ port: 443 }] } };
const slice = (name: string, ready: boolean) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  metadata: { name: `${name}-1`, namespace: "guard", labels: { "kubernetes.io/service-name": name } },
  endpoints: [{ addresses: ["10.0.0.1"], conditions: { ready } }],
});
const endpoints = { apiVersion: "v1", kind: "Endpoints", metadata: { name: "app", namespace: "guard" }, subsets: [{ addresses: [{ ip: "10.0.0.1" }] }] };

/** Kyverno, which runs, and a webhook of it by which others than the API server say whom it trusts. */
const trusting = (config: object, failurePolicy = "Ignore") => [
  ...[open, needsBaseline, kyverno({}), backend, engine(1)],
  {
    ...hooked("kyverno", failurePolicy),
    metadata: { name: "kyverno", creationTimestamp: "2026-11-20T00:00:00Z" },
    webhooks: [{ name: "validate.kyverno.svc", failurePolicy, rules: EVERYTHING, clientConfig: { ...clientConfig, ...config } }],
  },
];
const OUTSIDE = { service: undefined, url: "https://guard.example.com" };
const unseen = (what: string) => `${UNTOLD.slice(0, UNTOLD.indexOf(", and whether"))}, and ${what} is not seen.`;

/** Whether what policies and labels ask for is done at all. */
describeControl(control, {
  fails: [
    {
      name: "nothing runs that answers Kyverno's webhook, which fails open",
      objects: [...byKyverno(), backend, engine(0)],
      target: TARGET,
      evidence: says("ClusterPolicy pod-security", UNANSWERED),
    },
    { name: "the Service of Kyverno's webhook is gone", objects: byKyverno(), target: TARGET, evidence: says("ClusterPolicy pod-security", UNANSWERED) },
    {
      name: "nothing runs that answers for a policy of Kyverno in CEL",
      objects: [open, needsBaseline, inCel, hooked("kyverno", "Ignore"), backend, engine(0)],
      target: TARGET,
      evidence: says("ValidatingPolicy guard", UNANSWERED),
    },
    {
      name: "nothing runs that answers Gatekeeper's webhook, which fails open",
      objects: [...byGatekeeper, backend, engine(0)],
      target: TARGET,
      evidence: says("K8sPSPHostFilesystem no-privileged", UNANSWERED),
    },
    {
      name: "nothing runs that answers an engine whose policies are not shown",
      objects: [open, needsBaseline, hooked("kubewarden", "Ignore")],
      target: TARGET,
    },
    ...([[0], [2, "False", "False"]] as const).map(([replicas, ...ready]) => ({
      name: `somebody has deleted the webhook of Kyverno, and none of its ${replicas} pods is ready to write it anew`,
      objects: unwritten([ofPolicies], replicas, ...ready),
      target: TARGET,
      evidence: says("ClusterPolicy pod-security", "no webhook of Kyverno asks it"),
    })),
    {
      name: "Kyverno is gone, and the webhook that asks it about policies is left",
      objects: [open, needsBaseline, kyverno({}), { ...hooked("kyverno", "Fail"), webhooks: [ofPolicies] }],
      target: TARGET,
      evidence: says("ClusterPolicy pod-security", "no webhook of Kyverno asks it"),
    },
    {
      name: "Kyverno is asked about Deployments alone, and does not run to change that",
      objects: unwritten([ofOthers], 0),
      target: TARGET,
      evidence: says("ClusterPolicy pod-security", "no webhook of its engine asks it here, or its engine leaves the namespace out"),
    },
    ...[undefined, 8443].map((port) => ({
      name: `the Service of a webhook that fails open lacks the port ${port ?? 443}`,
      objects: [...byKyverno("Ignore", port), service({ namespace: "guard" }), engine(1)],
      target: TARGET,
      evidence: says("ClusterPolicy pod-security", "nothing that runs answers its webhook, which lets everything through then"),
    })),
    ...[
      { name: "a Service without an address of its own, which the API server does not call", objects: calling(HEADLESS, "--profiling=false") },
      { name: "the same, where it is told so", objects: calling(HEADLESS, "--enable-aggregator-routing=false") },
      {
        name: "a Service that is only a name, which an API server that calls pods does not",
        objects: calling(ONLY_A_NAME, "--enable-aggregator-routing=true"),
      },
      { name: "pods without the port, which it looks for first", objects: calling({ ...HEADLESS, ports: [{ port: 9443 }] }, "--enable-aggregator-routing") },
    ].map((testCase) => ({ ...testCase, target: TARGET, evidence: says("ClusterPolicy pod-security", UNANSWERED) })),
    ...[
      { name: "has no address among those of others", more: [slice("other", true)] },
      { name: "has none that is ready", more: [slice("app", false)] },
    ].map(({ name, more }) => ({
      name: `a Service without a selector ${name}`,
      objects: [...byKyverno(), WRITTEN, ...more],
      target: TARGET,
      evidence: says("ClusterPolicy pod-security", UNANSWERED),
    })),
    ...[
      { caBundle: EXPIRED_AUTHORITY, because: "no certificate in its caBundle is valid at this time" },
      { caBundle: btoa("\n"), because: "its caBundle holds no certificate" },
      { caBundle: OF_THE_SERVICE, name: "other", because: "no certificate in its caBundle may vouch for other.guard.svc" },
    ].map(({ because, name = "app", caBundle }) => ({
      name: `a webhook that fails open and trusts nobody: ${because}`,
      objects: [...trusting({ caBundle, service: { ...clientConfig.service, name } }), webhookService("other")],
      target: TARGET,
      evidence: says("ClusterPolicy pod-security", `the API server trusts no answer of its webhook, which lets everything through then, as ${because}`),
    })),
    {
      name: "an API server without policies of its own",
      objects: [...native, ...without("ValidatingAdmissionPolicy")],
      target: TARGET,
      evidence: says("ValidatingAdmissionPolicy guard", switchedOff("ValidatingAdmissionPolicy")),
    },
    ...["", "AllAlpha=true", "ValidatingAdmissionPolicy=false,AllBeta=true"].map((gates) => ({
      name: `an API server of a release in which policies of its own must be switched on, with the gates "${gates}"`,
      ...inBeta(gates),
      evidence: says("ValidatingAdmissionPolicy guard", "the API server has the feature ValidatingAdmissionPolicy switched off"),
    })),
    {
      name: "one of two API servers is without them",
      objects: [...native, ...without("ValidatingAdmissionPolicy"), componentPod("kube-apiserver", [], { node: "cp-2" })],
      target: TARGET,
    },
    {
      name: "K3s, whose API server is without them",
      objects: [...native, onK3s("disable-admission-plugins=EventRateLimit,ValidatingAdmissionPolicy")],
      target: TARGET,
    },
    {
      name: "a policy that Kyverno had the API server judge, which does not",
      objects: [open, needsBaseline, { ...inCel, status: { generated: true } }, ...without("ValidatingAdmissionPolicy")],
      target: TARGET,
      evidence: says("ValidatingPolicy guard", switchedOff("ValidatingAdmissionPolicy")),
    },
    ...[[], [{ ...engineWebhook("kyverno"), kind: "MutatingWebhookConfiguration" }]].map((more) => ({
      name: `an API server that asks no webhook whether it refuses, beside ${more.length} that changes`,
      objects: [...byKyverno("Fail"), ...more, ...without("ValidatingAdmissionWebhook")],
      target: TARGET,
      evidence: says("ClusterPolicy pod-security", switchedOff("ValidatingAdmissionWebhook")),
    })),
    {
      name: "the same before Kyverno has written its webhooks",
      objects: [
        open,
        needsBaseline,
        kyverno({}),
        deployment({ name: "policy", namespace: "guard", container: { image: "ghcr.io/kyverno/kyverno:v1.17.1" } }),
        ...without("ValidatingAdmissionWebhook"),
      ],
      target: TARGET,
    },
  ],
  passes: [
    {
      name: "something runs that answers a webhook at another port which its Service has",
      objects: [...byKyverno("Ignore", 8443), service({ namespace: "guard", spec: { ports: [{ port: 443 }, { port: 8443 }] } }), engine(1)],
      target: TARGET,
    },
    {
      name: "an API server that calls the pods of a Service without an address",
      objects: calling(HEADLESS, "--enable-aggregator-routing=true"),
      target: TARGET,
    },
    { name: "something runs that answers a webhook which fails open", objects: [...byKyverno(), backend, engine(1)], target: TARGET },
    {
      name: "pods of a kind of their own answer it",
      objects: [...byKyverno(), backend, podOf("CloneSet", "app", "app-1", { namespace: "guard" }, "apps.kruise.io/v1alpha1")],
      target: TARGET,
    },
    ...[[ofPolicies], [ofPolicies, ofOthers]].map((webhooks) => ({
      name: `Kyverno runs, and has yet to write its webhook for pods beside ${webhooks.length} others`,
      objects: unwritten(webhooks, 2, "True", "False"),
      target: TARGET,
    })),
    { name: "among some manifests Kyverno need not be", objects: unwritten([ofOthers], 0), complete: false, target: TARGET },
    { name: "a webhook that refuses everything while nothing answers", objects: [...byKyverno("Fail"), backend, engine(0)], target: TARGET },
    {
      name: "a webhook that fails open beside one that does not",
      objects: [...byKyverno(), { ...hooked("kyverno", "Fail"), metadata: { name: "other" } }],
      target: TARGET,
    },
    ...[
      { where: "a cluster with an address of it", more: [slice("app", true)] },
      { where: "manifests with Endpoints for it", more: [slice("other", true), endpoints] },
      { where: "manifests without any slice", more: [] },
    ].map(({ where, more }) => ({
      name: `a Service without a selector, which leads where somebody else says, in ${where}`,
      objects: [...byKyverno(), WRITTEN, ...more],
      target: TARGET,
    })),
    ...[
      { name: "who is valid, beside one that is over", caBundle: btoa(`${atob(EXPIRED_AUTHORITY)}${atob(AUTHORITY)}`) },
      { name: "what may be the very certificate of what answers", caBundle: OF_THE_SERVICE },
    ].map(({ name, caBundle }) => ({ name: `a webhook that trusts ${name}`, objects: trusting({ caBundle }), target: TARGET })),
    ...[EXPIRED_AUTHORITY, undefined, btoa("\n")].map((caBundle, index) => ({
      name: `a bundle that others may write yet among manifests, ${index}`,
      objects: trusting({ caBundle }),
      complete: false,
      target: TARGET,
    })),
    { name: "a webhook that refuses everything while it trusts nobody", objects: trusting({ caBundle: EXPIRED_AUTHORITY }, "Fail"), target: TARGET },
    { name: "one at an address outside of the cluster that refuses everything without an answer", objects: trusting({ ...OUTSIDE }, "Fail"), target: TARGET },
    {
      name: "a webhook that refuses everything while nothing answers, where the Services were not read",
      objects: byKyverno("Fail"),
      missing: ["services"],
      target: TARGET,
    },
    { name: "what answers need not be among some manifests", objects: byKyverno(), complete: false, target: TARGET },
    {
      name: "an API server that asks no webhook, but judges by its own policies",
      objects: [...native, ...without("ValidatingAdmissionWebhook")],
      target: TARGET,
    },
    ...["ValidatingAdmissionPolicy=true", "AllBeta=true", "kube:ValidatingAdmissionPolicy=true"].map((gates) => ({
      name: `an API server that has them switched on by the gates "${gates}"`,
      ...inBeta(gates),
    })),
    { name: "the same of a release in which they act by themselves", ...inBeta(""), kubeVersion: "1.30" },
    { name: "an API server whose flags are not all shown", kubeVersion: "1.29", objects: [...native, ...without("EventRateLimit")], target: TARGET },
    { name: "an API server that changes nothing by policies", objects: [...native, ...without("MutatingAdmissionPolicy")], target: TARGET },
  ],
  unknown: [
    {
      name: "the Services that may answer a webhook which fails open were not read",
      objects: [...byKyverno(), backend, engine(1)],
      missing: ["services"],
      target: TARGET,
      reason: UNTOLD,
    },
    ...[true, false].map((complete) => ({
      name: `a Service without an address of its own, and no API server that shows whether it calls such, in ${complete ? "a cluster" : "manifests"}`,
      objects: calling(HEADLESS),
      complete,
      target: TARGET,
      reason: UNTOLD.replace("whether anything answers it was not read", "whether the API server calls a Service without an address of its own is not seen"),
    })),
    ...[
      { name: "outside of the cluster", config: OUTSIDE },
      {
        name: "by the name of a Service, which the machine of the API server may not know",
        config: { service: undefined, url: "https://app.guard.svc/validate" },
      },
      { name: "on the machine of the API server", config: { service: undefined, url: "https://127.0.0.1:9443/" } },
    ].map(({ name, config }) => ({
      name: `a webhook that fails open is answered ${name}`,
      objects: trusting(config),
      target: TARGET,
      reason: unseen("whether anything answers at its URL"),
    })),
    {
      name: "one that fails open outside of the cluster, where the Services were not read",
      objects: trusting(OUTSIDE),
      missing: ["services"],
      target: TARGET,
      reason: unseen("whether anything answers at its URL"),
    },
    {
      name: "a Service that is only a name, whatever it selects, which the API server calls",
      objects: calling(ONLY_A_NAME, "--profiling=false"),
      target: TARGET,
      reason: unseen("whether anything answers at the name that its Service stands for"),
    },
    {
      name: "a webhook that fails open has no bundle: only the machine of the API server may know whom it trusts",
      objects: trusting({ caBundle: undefined }),
      target: TARGET,
      reason: unseen("whether the API server trusts what answers it, without a caBundle,"),
    },
    {
      name: "the addresses of a Service without a selector were not read",
      objects: [...byKyverno(), WRITTEN],
      missing: ["endpointSlices"],
      target: TARGET,
      reason: UNTOLD,
    },
    {
      name: "those of Gatekeeper were not read",
      objects: [...byGatekeeper, backend, engine(1)],
      missing: ["services"],
      target: TARGET,
    },
    {
      name: "K3s, whose API server takes its defaults from a file",
      objects: [open, needsBaseline, onK3s("admission-control-config-file=/etc/rancher/psa.yaml")],
      target: TARGET,
      reason: "The API server reads its defaults for unlabelled namespaces from a file that the API does not show.",
    },
  ],
});
