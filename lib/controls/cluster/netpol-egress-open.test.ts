import { daemonSet, deployment, namespace, networkPolicy, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./netpol-egress-open";

const world = [namespace(), deployment(), deployment({ name: "other" })];
const policy = (spec: object, name = "np") => networkPolicy({ name, spec: { podSelector: undefined, policyTypes: undefined, ...spec } });
const admin = (action: string, peer: object = { namespaces: {} }) => ({
  apiVersion: "policy.networking.k8s.io/v1alpha2",
  kind: "ClusterNetworkPolicy",
  metadata: { name: "cluster" },
  spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, egress: [{ action, to: [peer] }] },
});
/** One after another, in one tier. */
const calico = (...specs: readonly object[]) =>
  specs.map((spec, order) => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkPolicy",
    metadata: { name: `at-${order}` },
    spec: { order, types: ["Egress"], ...spec },
  }));
const ciliumPolicy = (spec: object) => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "all", namespace: "shop" },
  spec: { endpointSelector: {}, ...spec },
});
const everybody = { egress: [{ action: "Allow" }] };

const allowAll = policy({ podSelector: {}, policyTypes: ["Egress"], egress: [{}] }, "all");

describeControl(control, {
  fails: [
    { name: "no policy", objects: world, severity: "medium", evidence: [{ path: "spec.template.metadata.labels" }] },
    {
      name: "a policy for other pods",
      objects: [...world, policy({ podSelector: { matchLabels: { app: "other" } }, policyTypes: ["Egress"] })],
      target: { kind: "Deployment", name: "app" },
    },
    { name: "a policy for the other direction", objects: [...world, policy({ podSelector: {}, policyTypes: ["Ingress"] })] },
    { name: "a policy of another namespace", objects: [...world, networkPolicy({ namespace: "elsewhere" })] },
    { name: "an admin policy denies all pods, and leaves the internet open", objects: [...world, admin("Deny")] },
    { name: "an admin policy accepts everything, over all others", objects: [...world, networkPolicy(), admin("Accept")], remedy: false },
    {
      name: "a policy that allows everything, where nobody asks about such policies",
      objects: [...world, allowAll],
      settings: { disabledControls: { "netpol-allow-all": "We read policies by hand." } },
      remedy: false,
    },
    {
      name: "a policy of Calico that lets everybody through, after one whose rule lets through some of them",
      objects: [...world, ...calico({ egress: [{ action: "Allow", destination: { nets: ["10.0.0.0/8"] } }] }, everybody)],
      target: { kind: "Deployment", name: "app" },
      remedy: false,
    },
  ],
  passes: [
    {
      name: "a policy for namespaces without a label, and that of the pod is given",
      objects: [...world, ...calico({ namespaceSelector: "!has(open)", egress: [] })],
      target: { kind: "Deployment", name: "app" },
      complete: false,
    },
    {
      name: "a policy for namespaces without a label, in a whole cluster that does not list that of the pod",
      objects: [deployment(), ...calico({ namespaceSelector: "!has(open)", egress: [] })],
    },
    {
      name: "policies for namespaces with a label and without it, and that of the pod was not given",
      objects: [deployment(), ...calico({ namespaceSelector: "!has(open)", egress: [] }, { namespaceSelector: "has(open)", egress: [] })],
      complete: false,
    },
    {
      name: "a policy of Calico that lets everybody through, after one that denies some",
      objects: [...world, ...calico({ egress: [{ action: "Deny", destination: { nets: ["10.0.0.0/8"] } }] }, everybody)],
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
          policyTypes: ["Egress"],
          egress: [{ ports: [{ port: 443 }] }],
        }),
      ],
    },
    {
      name: "a policy that allows everything, under an admin policy that denies all pods",
      objects: [...world, allowAll, admin("Deny", { networks: ["0.0.0.0/0"] })],
    },
    { name: "an admin policy denies every address", objects: [...world, admin("Deny", { networks: ["0.0.0.0/0"] })] },
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
      objects: [...world, ...calico({ selector: "app ~ 'app'", egress: [{ action: "Deny" }] }, everybody)],
      target: { kind: "Deployment", name: "app" },
    },
    {
      name: "a policy of Calico that lets everybody through, after one that denies IPv6",
      objects: [...world, ...calico({ egress: [{ action: "Deny", ipVersion: 6 }] }, everybody)],
      target: { kind: "Deployment", name: "app" },
    },
    {
      name: "a policy of Cilium that lets everybody through, and requires labels, which only its older versions ask for",
      objects: [...world, ciliumPolicy({ egress: [{ toEntities: ["all"] }, { toRequires: [{ matchLabels: { app: "app" } }] }] })],
      target: { kind: "Deployment", name: "app" },
    },
    {
      name: "a policy of Cilium that lets everybody through, and may be about the pod",
      objects: [
        ...world,
        policy({ podSelector: {}, policyTypes: ["Egress"] }),
        ciliumPolicy({ endpointSelector: { matchLabels: { "io.cilium.k8s.policy.cluster": "one" } }, egress: [{ toEntities: ["all"] }] }),
      ],
      target: { kind: "Deployment", name: "app" },
    },
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
      objects: [deployment(), ...calico({ namespaceSelector: "!has(open)", egress: [] })],
      complete: false,
    },
  ],
});
