import { daemonSet, deployment, namespace, networkPolicy, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import { eksAuto, nodeClass, strictVpcCni } from "../testing-open-pods";
import control from "./netpol-default-deny-egress";

const world = [namespace(), deployment()];
const target = { kind: "Namespace", name: "shop" };
const told = "is told to close pods that no policy selects, from when they are made (strict mode)";
const calico = daemonSet({
  name: "calico-node",
  namespace: "kube-system",
  podSpec: { nodeSelector: { hybrid: "true" } },
  container: { image: "quay.io/calico/node:v3.30.0" },
});
const policy = (spec: object, name = "policy") => networkPolicy({ name, spec: { podSelector: {}, policyTypes: undefined, ...spec } });

describeControl(control, {
  fails: [
    { name: "no policy", objects: world, severity: "medium" },
    { name: "a policy for the pods of today", objects: [...world, networkPolicy({ spec: { podSelector: { matchLabels: { app: "app" } } } })] },
    { name: "a policy that allows everything beside one that denies", objects: [...world, networkPolicy(), policy({ policyTypes: ["Egress"], egress: [{}] })] },
    { name: "a policy for the other direction", objects: [...world, policy({ policyTypes: ["Ingress"] })] },
    {
      name: "a policy for the other direction, where pods that no policy selects are closed",
      objects: [...world, ...strictVpcCni, policy({ policyTypes: ["Ingress"] })],
      target: { kind: "Namespace", name: "shop" },
    },
  ],
  passes: [
    { name: "a policy for all pods without rules", objects: [...world, networkPolicy()] },
    { name: "a policy for all pods that allows some peers", objects: [...world, policy({ policyTypes: ["Egress"], egress: [{ to: [{ podSelector: {} }] }] })] },
    {
      name: "pods that no policy selects are closed as they are made",
      objects: [...world, ...strictVpcCni, networkPolicy({ spec: { podSelector: { matchLabels: { app: "app" } } } })],
      target: { kind: "Namespace", name: "shop" },
      evidence: [{ path: "spec.template.spec.containers[0].env[0].value", value: "strict" }],
    },
    {
      name: "every node of EKS Auto Mode closes pods that no policy selects as they are made",
      objects: [...world, ...eksAuto({ web: "DefaultDeny", db: "DefaultDeny" })],
      target,
      evidence: [
        {
          path: "spec.networkPolicy",
          value: "DefaultDeny",
          message: `EKS Auto Mode ${told}.`,
          object: { apiVersion: "eks.amazonaws.com/v1", kind: "NodeClass", namespace: null, name: "web" },
        },
      ],
    },
    {
      name: "so do nodes of EKS Auto Mode and others",
      objects: [...world, node({ name: "own" }), ...strictVpcCni.slice(0, 1), ...eksAuto({ web: "DefaultDeny" })],
      target,
    },
    { name: "a namespace that has only policies yet", objects: [namespace(), networkPolicy()] },
  ],
  notApplicable: [
    { name: "nothing runs there and it has no policy", objects: [namespace()] },
    { name: "a namespace of the platform", objects: [namespace({ name: "kube-system" }), deployment({ namespace: "kube-system" })] },
  ],
  unknown: [
    {
      name: "one of two nodes of EKS Auto Mode closes pods that no policy selects",
      objects: [...world, ...eksAuto({ web: "DefaultDeny", db: "DefaultAllow" })],
      target,
      reason: `EKS Auto Mode ${told}, but not on nodes of pool db-pool.`,
    },
    {
      name: "new nodes of EKS Auto Mode may be of a class that closes nothing by itself",
      objects: [...world, ...eksAuto({ web: "DefaultDeny" }), nodeClass("default", "DefaultAllow")],
      target,
      reason: `EKS Auto Mode ${told}, but not on nodes of NodeClass default.`,
    },
    {
      name: "the class of some nodes of EKS Auto Mode is not seen",
      objects: [...world, ...eksAuto({ web: "DefaultDeny", db: null })],
      target,
      reason: "NodeClass db, which tells EKS Auto Mode whether to close pods that no policy selects (strict mode), is not seen.",
    },
    {
      name: "whether EKS Auto Mode gets policies was not read",
      objects: [...world, ...eksAuto({ web: "DefaultDeny" })],
      target,
      missing: ["configMaps"],
      reason: "ConfigMap amazon-vpc-cni, which tells EKS Auto Mode whether to enforce policies, was not read.",
    },
    {
      name: "another plugin runs on nodes beside those of EKS Auto Mode",
      objects: [...world, ...eksAuto({ web: "DefaultDeny" }), node({ name: "own", labels: { hybrid: "true" } }), calico],
      target,
      reason: `EKS Auto Mode ${told}, but not on node own.`,
    },
    {
      name: "pods may go to Fargate, where nothing closes them",
      objects: [...world, node({ name: "own" }), node({ name: "far", labels: { "eks.amazonaws.com/compute-type": "fargate" } }), ...strictVpcCni],
      target,
      reason: `Amazon VPC CNI ${told}, but not on Fargate.`,
    },
    { name: "policies could not be read", objects: world, missing: ["networkPolicies"] },
    { name: "a part of a cluster", objects: world, complete: false },
  ],
});
