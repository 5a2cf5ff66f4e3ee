import { deployment, networkPolicy } from "../../inventory/testing";
import { describeControl } from "../testing";
import { adminOf, allowAllOf, cilium, INGRESS, openPodCases, target, world } from "../testing-open-pods";
import control from "./netpol-ingress-open";

const admin = adminOf(INGRESS);
const antrea = (kind: string, namespace: string, spec: object = {}) => ({
  apiVersion: "crd.antrea.io/v1beta1",
  kind,
  metadata: { name: "strict", ...(kind === "NetworkPolicy" && { namespace }) },
  spec: { priority: 5, ...spec },
});
/** For pods with an empty label, which may be written as null. */
const untiered = { ...networkPolicy(), spec: { podSelector: { matchExpressions: [{ key: "tier", operator: "In", values: [null] }] } } };

describeControl(control, openPodCases(INGRESS));

describeControl(control, {
  fails: [
    { name: "no policy", objects: world, severity: "high", evidence: [{ path: "spec.template.metadata.labels" }] },
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
    { name: "a policy of Antrea in another namespace", objects: [...world, antrea("NetworkPolicy", "elsewhere")], target },
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
  ],
  passes: [
    {
      name: "a policy for an empty label, which both write as null",
      objects: [deployment({ podLabels: { tier: null } }), untiered],
    },
    {
      name: "a policy that allows everything, under an admin policy that denies all pods",
      objects: [...world, allowAllOf(INGRESS), admin("Deny")],
    },
    { name: "an admin policy denies all pods", objects: [...world, admin("Deny")] },
    { name: "Cilium isolates every pod", objects: [...world, ...cilium("always")], target, evidence: [{ path: 'data["enable-policy"]', value: "always" }] },
  ],
  unknown: [
    { name: "what Cilium is told cannot be read", objects: [...world, ...cilium("default")], target, missing: ["configMaps"] },
    {
      name: "policies are declared, and what Cilium is told cannot be read",
      objects: [...world, networkPolicy(), ...cilium("default")],
      target,
      missing: ["configMaps"],
    },
    ...["NetworkPolicy", "ClusterNetworkPolicy"].map((kind) => ({
      name: `a ${kind} of Antrea may close it`,
      objects: [...world, antrea(kind, "shop", { ingress: [{ action: "Drop" }] })],
      target,
    })),
    {
      name: "two admin policies of one priority disagree",
      objects: [...world, admin("Accept"), { ...admin("Deny"), metadata: { name: "zone" } }],
      target,
    },
    {
      name: "NetworkPolicies are declared, and Cilium is told to ignore them",
      objects: [...world, networkPolicy(), ...cilium("default", { "enable-k8s-networkpolicy": "false" })],
      target,
      reason: "NetworkPolicies are declared. Cilium is told to ignore NetworkPolicies: only policies of its own kinds act.",
    },
    { name: "policies are declared, and Cilium is told to enforce none", objects: [...world, networkPolicy(), ...cilium("never")], target },
  ],
});
