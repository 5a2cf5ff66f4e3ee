import { daemonSet, deployment, namespace, networkPolicy, node, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import { cilium, eksAuto, strictVpcCni } from "../testing-open-pods";
import control from "./cloud-imds-egress-blocked";

const aws = node({ spec: { providerID: "aws:///eu-west-1a/i-1" } });
const CALICO = { name: "calico-node", image: `quay.io/calico/node:v3.30.0@sha256:${"0123456789abcdef".repeat(4)}` };
const calico = daemonSet({
  name: "calico-node",
  namespace: "kube-system",
  container: CALICO,
});
const shop = [namespace(), deployment(), calico];
const plain = [namespace(), deployment()];
const egress = (rules: readonly object[], part: object = {}) => networkPolicy({ spec: { podSelector: {}, policyTypes: ["Egress"], egress: rules, ...part } });
const world = (except?: readonly string[]) => ({ to: [{ ipBlock: { cidr: "0.0.0.0/0", ...(except && { except }) } }] });
/** It lets out where something else isolates, and isolates nothing by itself. */
const opening = (rule: object) => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumNetworkPolicy",
  metadata: { name: "app", namespace: "shop" },
  spec: { endpointSelector: {}, enableDefaultDeny: { egress: false }, egress: [rule] },
});
const gke = ["true", "false"].map((served) =>
  node({
    name: served === "true" ? "served" : "plain",
    spec: { providerID: `gce://p/z/${served}` },
    labels: { "iam.gke.io/gke-metadata-server-enabled": served },
  }),
);
const manyServed = Array.from({ length: 60 }, (_, i) =>
  node({ name: `a-${i}`, spec: { providerID: `gce://p/z/${i}` }, labels: { "iam.gke.io/gke-metadata-server-enabled": "true" } }),
);
const podOn = (nodeName: string) =>
  pod({
    name: `app-${nodeName}`,
    podSpec: { nodeName },
    metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "app", controller: true }] },
  });
const on = (nodeName: string) => pod({ podSpec: { nodeName } });
const target = { kind: "Deployment", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "a policy for the other direction, where pods that no policy selects are closed",
      objects: [aws, ...plain, ...strictVpcCni, networkPolicy({ spec: { podSelector: { matchLabels: { app: "app" } }, policyTypes: ["Ingress"] } })],
      target,
    },
    {
      name: "a pod on a node that closes nothing by itself, beside one of EKS Auto Mode that does",
      objects: [aws, namespace(), on("worker-1"), calico, ...eksAuto({ web: "DefaultDeny" })],
      target: { kind: "Pod", name: "app" },
    },
    { name: "no policy", objects: [aws, ...shop], target, evidence: [{ path: "", value: null }] },
    {
      name: "a policy for other pods of the namespace, which are asked first",
      objects: [aws, deployment({ name: "aaa" }), ...shop, egress([], { podSelector: { matchLabels: { app: "aaa" } } })],
      target,
      evidence: [{ path: "", value: null }],
    },
    { name: "a policy for ingress only", objects: [aws, ...shop, networkPolicy({ spec: { policyTypes: ["Ingress"] } })], target },
    {
      name: "a rule for any address",
      objects: [aws, ...shop, egress([{ ports: [{ port: 53, protocol: "UDP" }] }, world()])],
      target,
      evidence: [{ path: "spec.egress[1]", value: "169.254.169.254" }],
    },
    {
      name: "a rule for any address, beside other peers",
      objects: [aws, ...shop, egress([{ to: [{ podSelector: {} }, { ipBlock: { cidr: "10.0.0.0/8" } }, ...world(["10.0.0.0/8"]).to] }])],
      target,
      evidence: [{ path: "spec.egress[0]", value: "169.254.169.254" }],
    },
    {
      name: "pods on many nodes with the GKE metadata server, and on one without it",
      objects: [...manyServed, ...gke, daemonSet(), ...manyServed.map((_, i) => podOn(`a-${i}`)), podOn("plain")],
      target: { kind: "DaemonSet", name: "app" },
    },
    { name: "pods on a node without the GKE metadata server, beside one with it", objects: [...gke, on("plain")], target: { kind: "Pod", name: "app" } },
    { name: "a rule without peers for every port", objects: [aws, ...shop, egress([{}])], target, remedy: false },
    {
      name: "a rule without peers for port 80",
      objects: [aws, ...shop, egress([{ ports: [{ port: 1, endPort: 443, protocol: "TCP" }] }])],
      target,
      remedy: false,
    },
    {
      name: "a rule for any address, where Cilium isolates every pod",
      objects: [aws, ...plain, egress([world()]), ...cilium("always")],
      target,
    },
    {
      name: "a policy of Cilium that lets out, where Cilium isolates every pod",
      objects: [aws, ...plain, ...cilium("always"), opening({ toEntities: ["world"] })],
      target,
      evidence: [{ path: "spec.egress", value: "169.254.169.254" }],
      remedy: false,
    },
    {
      name: "a policy of Cilium that lets out to every address",
      objects: [
        aws,
        ...shop,
        {
          apiVersion: "cilium.io/v2",
          kind: "CiliumNetworkPolicy",
          metadata: { name: "app", namespace: "shop" },
          spec: { endpointSelector: {}, egress: [{ toEntities: ["world"] }] },
        },
        // Of the same name, and not what lets it through.
        networkPolicy({ name: "app", spec: { podSelector: { matchLabels: { app: "other" } } } }),
      ],
      target,
      evidence: [{ path: "spec.egress", value: "169.254.169.254" }],
      remedy: false,
    },
    {
      name: "over IPv6, where nodes have it",
      objects: [
        node({ spec: { providerID: "aws:///a/i-1" }, status: { addresses: [{ type: "InternalIP", address: "2600::1" }] } }),
        ...shop,
        egress([world(["169.254.169.254/32"]), { to: [{ ipBlock: { cidr: "::/0" } }] }]),
      ],
      target,
      remedy: false,
    },
  ],
  subsumed: [
    {
      name: "pods in the network of the node, which a policy cannot fence",
      objects: [aws, namespace(), deployment({ podSpec: { hostNetwork: true } }), networkPolicy()],
      target,
    },
  ],
  passes: [
    {
      name: "Fargate, where pods have no such service",
      objects: [aws, node({ name: "fargate-1", labels: { "eks.amazonaws.com/compute-type": "fargate" } }), namespace(), calico, on("fargate-1")],
      target: { kind: "Pod", name: "app" },
    },
    {
      name: "a hybrid node of EKS, which is outside of the cloud",
      objects: [aws, node({ name: "mi-1", spec: { providerID: "eks-hybrid:///eu-west-1/shop/mi-1" } }), namespace(), calico, on("mi-1")],
      target: { kind: "Pod", name: "app" },
    },
    {
      name: "a policy of Cilium that denies the address and isolates nothing",
      objects: [
        aws,
        namespace(),
        deployment(),
        ...cilium("default"),
        {
          apiVersion: "cilium.io/v2",
          kind: "CiliumClusterwideNetworkPolicy",
          metadata: { name: "metadata" },
          spec: { endpointSelector: {}, enableDefaultDeny: { egress: false }, egressDeny: [{ toCIDR: ["169.254.169.254/32"] }] },
        },
      ],
      target,
    },
    {
      name: "a policy of Cilium that lets out to other addresses, where Cilium isolates every pod",
      objects: [aws, ...plain, ...cilium("always"), opening({ toCIDR: ["10.0.0.0/8"] })],
      target,
    },
    { name: "Cilium isolates every pod", objects: [aws, ...plain, ...cilium("always")], target },
    { name: "egress is denied", objects: [aws, ...shop, networkPolicy()], target },
    { name: "the address is left out", objects: [aws, ...shop, egress([world(["169.254.169.254/32"])])], target },
    { name: "rules name pods only", objects: [aws, ...shop, egress([{ to: [{ namespaceSelector: {} }] }])], target },
    {
      name: "a port by a name that only pods have",
      objects: [
        aws,
        namespace(),
        deployment({ container: { ports: [{ name: "http", containerPort: 80 }] } }),
        calico,
        egress([{ ports: [{ port: "http", protocol: "TCP" }] }]),
      ],
      target,
    },
    { name: "another port", objects: [aws, ...shop, egress([{ ports: [{ port: 443, protocol: "TCP" }] }])], target },
    { name: "GKE Autopilot", objects: [node({ name: "gk3-shop-1", spec: { providerID: "gce://p/z/n" } }), ...shop], target },
    { name: "pods on a node with the GKE metadata server, beside one without it", objects: [...gke, on("served")], target: { kind: "Pod", name: "app" } },
    {
      name: "the GKE metadata server stands in between",
      objects: [node({ spec: { providerID: "gce://p/z/n" }, labels: { "iam.gke.io/gke-metadata-server-enabled": "true" } }), ...shop],
      target,
    },
  ],
  notApplicable: [
    { name: "a set of manifests", objects: shop, target, complete: false },
    { name: "kind", objects: [node({ spec: { providerID: "kind://a" } }), ...shop], target },
    { name: "vSphere", objects: [node({ spec: { providerID: "vsphere://a" } }), ...shop], target, reason: "vSphere has no metadata service." },
    { name: "no known cloud", objects: [node(), ...shop], target },
  ],
  unknown: [
    {
      name: "egress is denied, on a node with Windows, to which the plugin does not go",
      objects: [
        aws,
        node({ name: "w", labels: { "kubernetes.io/os": "windows" } }),
        node({ name: "l", labels: { "kubernetes.io/os": "linux" } }),
        namespace(),
        daemonSet({ name: "calico-node", namespace: "kube-system", podSpec: { nodeSelector: { "kubernetes.io/os": "linux" } }, container: CALICO }),
        on("w"),
        networkPolicy({ spec: { podSelector: {} } }),
      ],
      target: { kind: "Pod", name: "app" },
      reason: "Policies keep the pod from it, but nothing that is known to enforce them runs on nodes with Windows.",
    },
    {
      name: "egress is denied, and Cilium is told to ignore NetworkPolicies",
      objects: [aws, ...plain, networkPolicy(), ...cilium("default", { "enable-k8s-networkpolicy": "false" })],
      target,
      reason: "Policies keep the pod from it. Cilium is told to ignore NetworkPolicies: only policies of its own kinds act.",
    },
    { name: "egress is denied, and Cilium is told to enforce nothing", objects: [aws, ...plain, networkPolicy(), ...cilium("never")], target },
    {
      name: "a policy of Cilium that may let out, where Cilium isolates every pod",
      objects: [aws, ...plain, ...cilium("always"), opening({ toFQDNs: [{ matchName: "example.com" }] })],
      target,
    },
    {
      name: "a policy of Cilium keeps pods from it, and what Cilium is told cannot be read",
      objects: [
        aws,
        ...plain,
        ...cilium("default"),
        {
          apiVersion: "cilium.io/v2",
          kind: "CiliumNetworkPolicy",
          metadata: { name: "inside", namespace: "shop" },
          spec: { endpointSelector: {}, egress: [{ toEntities: ["cluster"] }] },
        },
      ],
      target,
      missing: ["configMaps"],
    },
    {
      name: "no policy isolates the pod, and Cilium may be told to isolate all",
      objects: [aws, ...plain, ...cilium("default")],
      target,
      missing: ["configMaps"],
    },
    {
      name: "no policy selects the pod, where those are closed as they are made",
      objects: [aws, ...plain, ...strictVpcCni],
      target,
      reason: "Whether its pods were made before Amazon VPC CNI was told to close those that no policy selects (strict mode) is not known.",
    },
    {
      name: "no policy selects the pod, and nodes of EKS Auto Mode may close those",
      objects: [aws, ...plain, ...eksAuto({ web: "DefaultDeny" })],
      target,
      missing: ["nodeClasses"],
      reason: "NodeClass web, which tells EKS Auto Mode whether to close pods that no policy selects (strict mode), is not seen.",
    },
    { name: "a set of manifests with a node", objects: [aws, ...shop], target, complete: false },
    { name: "policies cannot be listed", objects: [aws, ...shop], target, missing: ["networkPolicies"] },
    {
      name: "a policy that we cannot read",
      objects: [
        aws,
        ...shop,
        {
          apiVersion: "cilium.io/v2",
          kind: "CiliumNetworkPolicy",
          metadata: { name: "x", namespace: "shop" },
          spec: { endpointSelector: {}, egress: [{ toFQDNs: [{ matchName: "example.com" }] }] },
        },
      ],
      target,
    },
    { name: "nothing is known to enforce the policies", objects: [aws, ...plain, networkPolicy()], target },
  ],
});
