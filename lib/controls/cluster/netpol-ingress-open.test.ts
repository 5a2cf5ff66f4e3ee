import { configMap, daemonSet, deployment, namespace, networkPolicy, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./netpol-ingress-open";

const world = [namespace(), deployment(), deployment({ name: "other" })];
const policy = (spec: object, name = "np") => networkPolicy({ name, spec: { podSelector: undefined, policyTypes: undefined, ...spec } });
const admin = (action: string) => ({
  apiVersion: "policy.networking.k8s.io/v1alpha2",
  kind: "ClusterNetworkPolicy",
  metadata: { name: "cluster" },
  spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, ingress: [{ action, from: [{ namespaces: {} }] }] },
});

const cilium = (mode: string) => [
  daemonSet({ name: "cilium", namespace: "kube-system", podSpec: { hostNetwork: true }, container: { image: "quay.io/cilium/cilium:v1.18.1" } }),
  configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": mode } }),
];
const target = { kind: "Deployment", name: "app" };
/** One after another, in one tier. */
const calico = (...specs: readonly object[]) =>
  specs.map((spec, order) => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkPolicy",
    metadata: { name: `at-${order}` },
    spec: { order, types: ["Ingress"], ...spec },
  }));
const ciliumPolicy = (spec: object) => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "all", namespace: "shop" },
  spec: { endpointSelector: {}, ...spec },
});
const everybody = { ingress: [{ action: "Allow" }] };

const allowAll = policy({ podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] }, "all");

describeControl(control, {
  fails: [
    { name: "no policy", objects: world, severity: "high", evidence: [{ path: "spec.template.metadata.labels" }] },
    {
      name: "a policy for other pods",
      objects: [...world, policy({ podSelector: { matchLabels: { app: "other" } }, policyTypes: ["Ingress"] }, "app-ingress")],
      target: { kind: "Deployment", name: "app" },
    },
    { name: "a policy for the other direction", objects: [...world, policy({ podSelector: {}, policyTypes: ["Egress"] })] },
    {
      name: "a policy for the interfaces of hosts",
      objects: [
        ...world,
        {
          apiVersion: "projectcalico.org/v3",
          kind: "GlobalNetworkPolicy",
          metadata: { name: "hosts" },
          spec: { selector: "all()", preDNAT: true, applyOnForward: true, types: ["Ingress"] },
        },
      ],
      target,
    },
    {
      name: "a policy of Antrea in another namespace",
      objects: [
        ...world,
        { apiVersion: "crd.antrea.io/v1beta1", kind: "NetworkPolicy", metadata: { name: "strict", namespace: "elsewhere" }, spec: { priority: 5 } },
      ],
      target,
    },
    { name: "a policy of another namespace", objects: [...world, networkPolicy({ namespace: "elsewhere" })] },
    { name: "an admin policy accepts everything, over all others", objects: [...world, networkPolicy(), admin("Accept")], remedy: false },
    {
      name: "an admin policy that denies what comes from namespaces of another tenant only",
      objects: [
        ...world,
        {
          apiVersion: "policy.networking.k8s.io/v1alpha1",
          kind: "AdminNetworkPolicy",
          metadata: { name: "tenants" },
          spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Deny", from: [{ namespaces: { notSameLabels: ["tenant"] } }] }] },
        },
      ],
      target,
    },
    {
      name: "a policy that allows everything, where nobody asks about such policies",
      objects: [...world, allowAll],
      settings: { disabledControls: { "netpol-allow-all": "We read policies by hand." } },
      remedy: false,
    },
    {
      name: "a policy of Calico that lets everybody through, after one whose rule lets through some of them",
      objects: [...world, ...calico({ ingress: [{ action: "Allow", source: { nets: ["10.0.0.0/8"] } }] }, everybody)],
      target: { kind: "Deployment", name: "app" },
      remedy: false,
    },
  ],
  passes: [
    {
      name: "a policy for namespaces without a label, and that of the pod is given",
      objects: [...world, ...calico({ namespaceSelector: "!has(open)", ingress: [] })],
      target: { kind: "Deployment", name: "app" },
      complete: false,
    },
    {
      name: "a policy for namespaces without a label, in a whole cluster that does not list that of the pod",
      objects: [deployment(), ...calico({ namespaceSelector: "!has(open)", ingress: [] })],
    },
    {
      name: "policies for namespaces with a label and without it, and that of the pod was not given",
      objects: [deployment(), ...calico({ namespaceSelector: "!has(open)", ingress: [] }, { namespaceSelector: "has(open)", ingress: [] })],
      complete: false,
    },
    {
      name: "a policy of Calico that lets everybody through, after one that denies some",
      objects: [...world, ...calico({ ingress: [{ action: "Deny", source: { nets: ["10.0.0.0/8"] } }] }, everybody)],
      target: { kind: "Deployment", name: "app" },
    },
    { name: "a policy for all pods", objects: [...world, networkPolicy()] },
    {
      name: "a policy for these pods, whatever it names",
      objects: [
        namespace(),
        deployment(),
        policy({
          podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["app"] }] },
          policyTypes: ["Ingress"],
          ingress: [{ ports: [{ port: 443 }] }],
        }),
      ],
    },
    { name: "a policy that allows everything, under an admin policy that denies all pods", objects: [...world, allowAll, admin("Deny")] },
    { name: "an admin policy denies all pods", objects: [...world, admin("Deny")] },
    { name: "Cilium isolates every pod", objects: [...world, ...cilium("always")], target, evidence: [{ path: 'data["enable-policy"]', value: "always" }] },
  ],
  subsumed: [
    {
      name: "a policy that allows everything",
      objects: [...world, allowAll, networkPolicy({ name: "deny" })],
      reason: "NetworkPolicy all selects it and allows everything. netpol-allow-all already fails on that policy.",
    },
  ],
  notApplicable: [{ name: "a pod in the network of its node", objects: [namespace(), pod({ podSpec: { hostNetwork: true } })] }],
  unknown: [
    {
      name: "a policy of Calico that lets everybody through, after one that may be about the pod and denies",
      objects: [...world, ...calico({ selector: "app ~ 'app'", ingress: [{ action: "Deny" }] }, everybody)],
      target: { kind: "Deployment", name: "app" },
    },
    {
      name: "a policy of Calico that lets everybody through, after one that denies IPv6",
      objects: [...world, ...calico({ ingress: [{ action: "Deny", ipVersion: 6 }] }, everybody)],
      target: { kind: "Deployment", name: "app" },
    },
    {
      name: "a policy of Cilium that lets everybody through, and requires labels, which only its older versions ask for",
      objects: [...world, ciliumPolicy({ ingress: [{ fromEntities: ["all"] }, { fromRequires: [{ matchLabels: { app: "app" } }] }] })],
      target: { kind: "Deployment", name: "app" },
    },
    {
      name: "a policy of Cilium that lets everybody through, and may be about the pod",
      objects: [
        ...world,
        policy({ podSelector: {}, policyTypes: ["Ingress"] }),
        ciliumPolicy({ endpointSelector: { matchLabels: { "io.cilium.k8s.policy.cluster": "one" } }, ingress: [{ fromEntities: ["all"] }] }),
      ],
      target: { kind: "Deployment", name: "app" },
    },
    { name: "what Cilium is told cannot be read", objects: [...world, ...cilium("default")], target, missing: ["configMaps"] },
    {
      name: "policies are declared, and what Cilium is told cannot be read",
      objects: [...world, networkPolicy(), ...cilium("default")],
      target,
      missing: ["configMaps"],
    },
    ...["NetworkPolicy", "ClusterNetworkPolicy"].map((kind) => ({
      name: `a ${kind} of Antrea may close it`,
      objects: [
        ...world,
        {
          apiVersion: "crd.antrea.io/v1beta1",
          kind,
          metadata: { name: "strict", ...(kind === "NetworkPolicy" && { namespace: "shop" }) },
          spec: { priority: 5, ingress: [{ action: "Drop" }] },
        },
      ],
      target,
    })),
    {
      name: "two admin policies of one priority disagree",
      objects: [...world, admin("Accept"), { ...admin("Deny"), metadata: { name: "zone" } }],
      target,
    },
    { name: "policies are declared, and Cilium is told to enforce none", objects: [...world, networkPolicy(), ...cilium("never")], target },
    {
      name: "policies are declared, but nothing enforces them",
      objects: [
        ...world,
        networkPolicy(),
        daemonSet({ name: "kube-flannel-ds", namespace: "kube-flannel", container: { image: "ghcr.io/flannel-io/flannel:v0.27.0" } }),
      ],
      target: { kind: "Deployment", name: "app" },
    },
    { name: "policies could not be read", objects: world, missing: ["networkPolicies"] },
    { name: "a part of a cluster", objects: world, complete: false },
    {
      name: "a policy for namespaces without a label, and that of the pod was not given",
      objects: [deployment(), ...calico({ namespaceSelector: "!has(open)", ingress: [] })],
      complete: false,
    },
  ],
});
