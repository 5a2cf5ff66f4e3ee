import { daemonSet, deployment, namespace, networkPolicy, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./netpol-default-deny-ingress";

const world = [namespace(), deployment()];
const calico = (spec: object, kind = "GlobalNetworkPolicy") => ({
  apiVersion: "projectcalico.org/v3",
  kind,
  metadata: { name: "some", ...(kind === "NetworkPolicy" && { namespace: "shop" }) },
  spec: { types: ["Ingress"], ...spec },
});
const cilium = (...matchExpressions: readonly object[]) => ({
  apiVersion: "cilium.io/v2",
  kind: "CiliumClusterwideNetworkPolicy",
  metadata: { name: "some" },
  spec: { endpointSelector: { matchExpressions }, ingress: [{}] },
});
const policy = (spec: object, name = "policy") => networkPolicy({ name, spec: { podSelector: {}, policyTypes: undefined, ...spec } });

const plugin = daemonSet({ name: "calico-node", namespace: "kube-system", container: { image: "quay.io/calico/node:v3.30.0" } });

describeControl(control, {
  fails: [
    { name: "no policy", objects: world, evidence: [{ path: "", check: "namespace any-policy" }], severity: "medium" },
    {
      name: "a policy for the pods of today",
      objects: [...world, networkPolicy({ spec: { podSelector: { matchLabels: { app: "app" } } } })],
      evidence: [{ path: "", check: "namespace ingress" }],
    },
    {
      name: "a policy of Calico for the pods of today",
      objects: [...world, calico({ selector: "app == 'app'" }, "NetworkPolicy")],
      evidence: [{ path: "", check: "namespace ingress" }],
    },
    { name: "a policy of Calico for all pods but those of a label", objects: [...world, calico({ selector: "app != 'web'" })] },
    { name: "a policy of Calico for all pods but those of an account", objects: [...world, calico({ serviceAccountSelector: "!has(role)" })] },
    { name: "a policy of Cilium for all pods but those of a label", objects: [...world, cilium({ key: "app", operator: "NotIn", values: ["web"] })] },
    {
      name: "named ranges and a firewall for addresses outside, which are no policies of pods",
      objects: [
        ...world,
        { apiVersion: "projectcalico.org/v3", kind: "NetworkSet", metadata: { name: "offices", namespace: "shop" }, spec: { nets: ["203.0.113.0/24"] } },
        { apiVersion: "k8s.ovn.org/v1", kind: "EgressFirewall", metadata: { name: "default", namespace: "shop" }, spec: { egress: [] } },
      ],
      evidence: [{ path: "", check: "namespace any-policy" }],
    },
    {
      name: "a policy that allows everything beside one that denies",
      objects: [...world, networkPolicy(), policy({ policyTypes: ["Ingress"], ingress: [{}] })],
    },
    {
      name: "a policy of Calico that lets everybody in before one that denies",
      objects: [
        ...world,
        networkPolicy(),
        {
          apiVersion: "projectcalico.org/v3",
          kind: "NetworkPolicy",
          metadata: { name: "all", namespace: "shop" },
          spec: { order: 10, selector: "all()", types: ["Ingress"], ingress: [{ action: "Allow" }] },
        },
      ],
      remedy: false,
    },
    { name: "a policy for the other direction", objects: [...world, policy({ policyTypes: ["Egress"] })] },
  ],
  passes: [
    {
      name: "a cluster on Fargate and on machines",
      objects: [...world, node({ name: "f", labels: { "eks.amazonaws.com/compute-type": "fargate" } }), node({ name: "m" }), plugin, policy({})],
    },
    { name: "a policy for all pods without rules", objects: [...world, networkPolicy()] },
    {
      name: "a policy for all pods that allows some peers",
      objects: [...world, policy({ policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }] }] })],
    },
    {
      name: "a policy of Calico for all namespaces but some",
      objects: [...world, calico({ selector: "has(projectcalico.org/namespace)", namespaceSelector: "projectcalico.org/name not in {'kube-system'}" })],
    },
    {
      name: "a policy of Cilium for all namespaces but some",
      objects: [...world, cilium({ key: "k8s:io.kubernetes.pod.namespace", operator: "NotIn", values: ["kube-system"] })],
    },
    { name: "a namespace that has only policies yet", objects: [namespace(), networkPolicy()] },
  ],
  notApplicable: [
    { name: "nothing runs there and it has no policy", objects: [namespace()] },
    { name: "a namespace of the platform", objects: [namespace({ name: "kube-system" }), deployment({ namespace: "kube-system" })] },
  ],
  unknown: [
    {
      name: "a cluster on Fargate alone, where nothing enforces policies",
      objects: [...world, node({ name: "f", labels: { "eks.amazonaws.com/compute-type": "fargate" } }), plugin, policy({})],
      reason: "Policies are declared, but nothing that is known to enforce them runs on Fargate.",
    },
    { name: "policies could not be read", objects: world, missing: ["networkPolicies"] },
    { name: "a part of a cluster", objects: world, complete: false },
  ],
});
