import { configMap, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./eks-aws-auth-in-use";

const eks = node({ labels: { "eks.amazonaws.com/nodegroup": "a" } });
const auth = (mapRoles: string) => configMap({ name: "aws-auth", namespace: "kube-system", data: { mapRoles } });

describeControl(control, {
  fails: [
    {
      name: "a role of people",
      objects: [eks, auth("- rolearn: arn:aws:iam::1:role/dev\n  groups: [dev]\n")],
      evidence: [{ path: "data.mapRoles", value: "arn:aws:iam::1:role/dev" }],
    },
    {
      name: "a role of people that bindings know by its user name alone",
      objects: [eks, auth("- rolearn: arn:aws:iam::1:role/dev\n  username: dev\n")],
      evidence: [{ path: "data.mapRoles", value: "arn:aws:iam::1:role/dev", message: "arn:aws:iam::1:role/dev is mapped to no group." }],
    },
    {
      name: "a whole account",
      objects: [eks, configMap({ name: "aws-auth", namespace: "kube-system", data: { mapAccounts: '- "111122223333"\n' } })],
      evidence: [{ path: "data.mapAccounts", value: "111122223333" }],
    },
  ],
  passes: [
    { name: "only nodes", objects: [eks, auth("- rolearn: arn:aws:iam::1:role/node\n  groups: [system:bootstrappers, system:nodes]\n")] },
    { name: "no such ConfigMap", objects: [eks] },
  ],
  notApplicable: [
    { name: "no such ConfigMap, whoever runs it", objects: [node()] },
    { name: "kind", objects: [node({ spec: { providerID: "kind://a" } })] },
  ],
  unknown: [{ name: "nothing tells who runs it, and it may be elsewhere", objects: [node()], complete: false }],
});
