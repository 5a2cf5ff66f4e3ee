import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./netpol-default-deny-ingress";

const world = [namespace(), deployment()];
const policy = (spec: object, name = "policy") => networkPolicy({ name, spec: { podSelector: {}, policyTypes: undefined, ...spec } });

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
      objects: [
        ...world,
        {
          apiVersion: "projectcalico.org/v3",
          kind: "NetworkPolicy",
          metadata: { name: "some", namespace: "shop" },
          spec: { selector: "app == 'app'", types: ["Ingress"] },
        },
      ],
      evidence: [{ path: "", check: "namespace ingress" }],
    },
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
    { name: "a policy for all pods without rules", objects: [...world, networkPolicy()] },
    {
      name: "a policy for all pods that allows some peers",
      objects: [...world, policy({ policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }] }] })],
    },
    { name: "a namespace that has only policies yet", objects: [namespace(), networkPolicy()] },
  ],
  notApplicable: [
    { name: "nothing runs there and it has no policy", objects: [namespace()] },
    { name: "a namespace of the platform", objects: [namespace({ name: "kube-system" }), deployment({ namespace: "kube-system" })] },
  ],
  unknown: [
    { name: "policies could not be read", objects: world, missing: ["networkPolicies"] },
    { name: "a part of a cluster", objects: world, complete: false },
  ],
});
