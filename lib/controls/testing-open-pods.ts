import { configMap, daemonSet, deployment, namespace, networkPolicy, node, pod } from "../inventory/testing";
import type { ControlCases } from "./testing";

export const target = { kind: "Deployment", name: "app" };
export const world = [namespace(), deployment(), deployment({ name: "other" })];

/** `mode` is what Cilium is told of pods that no policy selects. */
export const cilium = (mode: string, more: object = {}) => [
  daemonSet({ name: "cilium", namespace: "kube-system", podSpec: { hostNetwork: true }, container: { image: "quay.io/cilium/cilium:v1.18.1" } }),
  configMap({ name: "cilium-config", namespace: "kube-system", data: { "enable-policy": mode, ...more } }),
];

/** Amazon VPC CNI, told to close pods that no policy selects. */
export const strictVpcCni = [
  daemonSet({
    name: "aws-node",
    namespace: "kube-system",
    podSpec: {
      hostNetwork: true,
      containers: [
        { name: "aws-node", image: "registry.example.com/amazon-k8s-cni:v1.20.4", env: [{ name: "NETWORK_POLICY_ENFORCING_MODE", value: "strict" }] },
        { name: "aws-eks-nodeagent", image: "registry.example.com/aws-network-policy-agent:v1.2.7", args: ["--enable-network-policy=true"] },
      ],
    },
  }),
  configMap({ name: "amazon-vpc-cni", namespace: "kube-system", data: { "enable-network-policy-controller": "true" } }),
] as const;

/** EKS Auto Mode: a node of each class, with what the class tells its agent; null = the class is not seen. */
export const eksAuto = (classes: Readonly<Record<string, "DefaultDeny" | "DefaultAllow" | null>>) => [
  configMap({ name: "amazon-vpc-cni", namespace: "kube-system", data: { "enable-network-policy-controller": "true" } }),
  ...Object.entries(classes).flatMap(([name, networkPolicy]) => [
    node({ name, labels: { "eks.amazonaws.com/compute-type": "auto", "eks.amazonaws.com/nodeclass": name, "karpenter.sh/nodepool": `${name}-pool` } }),
    ...(networkPolicy === null ? [] : [nodeClass(name, networkPolicy)]),
  ]),
];
export const nodeClass = (name: string, networkPolicy: string) => ({
  apiVersion: "eks.amazonaws.com/v1",
  kind: "NodeClass",
  metadata: { name },
  spec: { networkPolicy, networkPolicyEventLogs: "Enabled" },
});

/** A pod on a node beside one on which something enforces policies. */
const onNode = (labels: Readonly<Record<string, string>>) => [
  namespace(),
  node({ name: "a", labels: { "kubernetes.io/os": "linux" } }),
  node({ name: "b", labels }),
  daemonSet({
    name: "calico-node",
    namespace: "kube-system",
    podSpec: { nodeSelector: { "kubernetes.io/os": "linux" } },
    container: { image: "quay.io/calico/node:v3.30.0" },
  }),
  pod({ name: "app", labels: { app: "app" }, spec: { nodeName: "b" } }),
];

interface Direction {
  readonly type: "Ingress" | "Egress";
  readonly otherType: "Ingress" | "Egress";
  /** The list of rules in a policy. */
  readonly rules: "ingress" | "egress";
  /** The peers of a rule, of Kubernetes and of Cilium. */
  readonly peers: "from" | "to";
  /** The peers of a rule of Calico. */
  readonly end: "source" | "destination";
}
export const INGRESS: Direction = { type: "Ingress", otherType: "Egress", rules: "ingress", peers: "from", end: "source" };
export const EGRESS: Direction = { type: "Egress", otherType: "Ingress", rules: "egress", peers: "to", end: "destination" };

/** A policy of the whole cluster, over all others. */
export const adminOf =
  ({ rules, peers }: Direction) =>
  (action: string, peer: object = { namespaces: {} }) => ({
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name: "cluster" },
    spec: { tier: "Admin", priority: 1, subject: { namespaces: {} }, [rules]: [{ action, [peers]: [peer] }] },
  });

export const allowAllOf = ({ type, rules }: Direction) => networkPolicy({ name: "all", spec: { policyTypes: [type], [rules]: [{}] } });

/** What holds of pods that anybody reaches, and of those that reach anybody. */
export function openPodCases(direction: Direction): ControlCases {
  const { type, otherType, rules, peers, end } = direction;
  const policy = (spec: object) => networkPolicy({ name: "np", spec: { podSelector: undefined, policyTypes: [type], ...spec } });
  const admin = adminOf(direction);
  const allowAll = allowAllOf(direction);
  /** One after another, in one tier. */
  const calico = (...specs: readonly object[]) =>
    specs.map((spec, order) => ({
      apiVersion: "projectcalico.org/v3",
      kind: "GlobalNetworkPolicy",
      metadata: { name: `at-${order}` },
      spec: { order, types: [type], ...spec },
    }));
  const ofSome = (action: string) => ({ [rules]: [{ action, [end]: { nets: ["10.0.0.0/8"] } }] });
  const everybody = { [rules]: [{ action: "Allow" }] };
  const unlabelled = { namespaceSelector: "!has(open)", [rules]: [] };
  const ciliumPolicy = (spec: object) => ({
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name: "all", namespace: "shop" },
    spec: { endpointSelector: {}, ...spec },
  });
  const toEverybody = { [`${peers}Entities`]: ["all"] };
  return {
    fails: [
      { name: "a policy for other pods", objects: [...world, policy({ podSelector: { matchLabels: { app: "other" } } })], target },
      { name: "a policy for the other direction", objects: [...world, policy({ podSelector: {}, policyTypes: [otherType] })] },
      {
        name: "a policy for the other direction, where pods that no policy selects are closed",
        objects: [...world, ...strictVpcCni, policy({ podSelector: {}, policyTypes: [otherType] })],
        target,
      },
      { name: "nodes of EKS Auto Mode that close nothing by themselves", objects: [...world, ...eksAuto({ web: "DefaultAllow" })], target },
      {
        name: "a pod on a node of EKS Auto Mode that closes nothing by itself, beside one that does",
        objects: [namespace(), ...eksAuto({ web: "DefaultAllow", db: "DefaultDeny" }), pod({ spec: { nodeName: "web" } })],
        target: { kind: "Pod", name: "app" },
      },
      {
        name: "nodes of EKS Auto Mode that close what no policy selects, while nothing gives them policies",
        objects: [...world, ...eksAuto({ web: "DefaultDeny" }).slice(1)],
        target,
      },
      { name: "a policy of another namespace", objects: [...world, networkPolicy({ namespace: "elsewhere" })] },
      {
        name: "an admin policy accepts everything, over all others",
        objects: [...world, networkPolicy(), admin("Accept")],
        evidence: [
          {
            path: "",
            value: null,
            message: "ClusterNetworkPolicy cluster accepts traffic of every pod, whatever NetworkPolicies say.",
            object: { apiVersion: "policy.networking.k8s.io/v1alpha2", kind: "ClusterNetworkPolicy", namespace: null, name: "cluster" },
          },
        ],
        remedy: false,
      },
      {
        name: "pods without labels, and no policy",
        objects: [namespace(), { ...pod(), metadata: { name: "app", namespace: "shop" } }],
        evidence: [{ path: "metadata.labels", value: null }],
        remedy: false,
      },
      {
        name: "a policy that allows everything, where nobody asks about such policies",
        objects: [...world, allowAll],
        settings: { disabledControls: { "netpol-allow-all": "We read policies by hand." } },
        remedy: false,
      },
      {
        name: "a policy of Calico that lets everybody through, after one whose rule lets through some of them",
        objects: [...world, ...calico(ofSome("Allow"), everybody)],
        target,
        remedy: false,
      },
    ],
    passes: [
      {
        name: "a policy for namespaces without a label, and that of the pod is given",
        objects: [...world, ...calico(unlabelled)],
        target,
        complete: false,
      },
      {
        name: "a policy for namespaces without a label, in a whole cluster that does not list that of the pod",
        objects: [deployment(), ...calico(unlabelled)],
      },
      {
        name: "policies for namespaces with a label and without it, and that of the pod was not given",
        objects: [deployment(), ...calico(unlabelled, { namespaceSelector: "has(open)", [rules]: [] })],
        complete: false,
      },
      {
        name: "a policy of Calico that lets everybody through, after one that denies some",
        objects: [...world, ...calico(ofSome("Deny"), everybody)],
        target,
      },
      { name: "a policy for all pods", objects: [...world, networkPolicy()] },
      {
        name: "a policy for these pods, whatever it names",
        objects: [
          namespace(),
          deployment(),
          policy({ podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["app"] }] }, [rules]: [{ ports: [{ port: 443 }] }] }),
        ],
      },
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
        name: "a policy of a pod on Fargate, where nothing enforces any",
        objects: [...onNode({ "kubernetes.io/os": "linux", "eks.amazonaws.com/compute-type": "fargate" }), policy({ podSelector: {} })],
        target: { kind: "Pod", name: "app" },
        reason: "Policies are declared, but nothing that is known to enforce them runs on Fargate.",
      },
      {
        name: "a policy of a pod that no controller made, which the agent of AWS is not made for",
        objects: [namespace(), pod(), ...strictVpcCni, policy({ podSelector: {} })],
        target: { kind: "Pod", name: "app" },
        reason: "Policies are declared, but Amazon VPC CNI is not made for pods without a controller, and may leave them open.",
      },
      {
        name: "a policy of a pod on a node with Windows, to which the plugin does not go",
        objects: [...onNode({ "kubernetes.io/os": "windows" }), policy({ podSelector: {} })],
        target: { kind: "Pod", name: "app" },
      },
      {
        name: "a policy of Calico that lets everybody through, after one that may be about the pod and denies",
        objects: [...world, ...calico({ selector: "app ~ 'app'", [rules]: [{ action: "Deny" }] }, everybody)],
        target,
      },
      {
        name: "a policy of Calico that lets everybody through, after one that denies IPv6",
        objects: [...world, ...calico({ [rules]: [{ action: "Deny", ipVersion: 6 }] }, everybody)],
        target,
      },
      {
        name: "a policy of Cilium that lets everybody through, and requires labels, which only its older versions ask for",
        objects: [...world, ciliumPolicy({ [rules]: [toEverybody, { [`${peers}Requires`]: [{ matchLabels: { app: "app" } }] }] })],
        target,
      },
      {
        name: "a policy of Cilium that lets everybody through, and may be about the pod",
        objects: [
          ...world,
          policy({ podSelector: {} }),
          ciliumPolicy({ endpointSelector: { matchLabels: { "io.cilium.k8s.policy.cluster": "one" } }, [rules]: [toEverybody] }),
        ],
        target,
      },
      {
        name: "policies are declared, but nothing enforces them",
        objects: [
          ...world,
          networkPolicy(),
          daemonSet({ name: "kube-flannel-ds", namespace: "kube-flannel", container: { image: "ghcr.io/flannel-io/flannel:v0.27.0" } }),
        ],
        target,
      },
      {
        name: "no policy, where pods that no policy selects are closed as they are made",
        objects: [...world, ...strictVpcCni],
        target,
        reason: "Whether its pods were made before Amazon VPC CNI was told to close those that no policy selects (strict mode) is not known.",
      },
      {
        name: "no policy, where nodes of EKS Auto Mode close pods that none selects as they are made",
        objects: [...world, ...eksAuto({ web: "DefaultDeny" })],
        target,
        reason: "Whether its pods were made before EKS Auto Mode was told to close those that no policy selects (strict mode) is not known.",
      },
      {
        name: "no policy, where nodes of EKS Auto Mode may close what none selects",
        objects: [...world, ...eksAuto({ web: "DefaultAllow" })],
        target,
        missing: ["nodeClasses"],
        reason: "NodeClass web, which tells EKS Auto Mode whether to close pods that no policy selects (strict mode), is not seen.",
      },
      { name: "policies could not be read", objects: world, missing: ["networkPolicies"] },
      { name: "a part of a cluster", objects: world, complete: false },
      {
        name: "a policy for namespaces without a label, and that of the pod was not given",
        objects: [deployment(), ...calico(unlabelled)],
        complete: false,
      },
    ],
  };
}
