import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import { describeControl } from "../testing";
import { strictVpcCni } from "../testing-open-pods";
import control from "./netpol-default-deny-egress";

const world = [namespace(), deployment()];
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
