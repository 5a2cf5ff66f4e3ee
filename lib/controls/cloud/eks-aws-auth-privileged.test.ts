import { configMap, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./eks-aws-auth-privileged";

const eks = node({ labels: { "eks.amazonaws.com/nodegroup": "a" } });
const auth = (data: object) => configMap({ name: "aws-auth", namespace: "kube-system", data });
const nodes = "- rolearn: arn:aws:iam::1:role/node\n  groups: [system:bootstrappers, system:nodes]\n";

describeControl(control, {
  fails: [
    {
      name: "a role of masters",
      objects: [eks, auth({ mapRoles: `${nodes}- rolearn: arn:aws:iam::1:role/admin\n  groups:\n    - system:masters\n` })],
      evidence: [{ path: "data.mapRoles", value: "arn:aws:iam::1:role/admin" }],
      severity: "high",
    },
    {
      name: "a role that signs in as what EKS runs with cluster-admin",
      objects: [eks, auth({ mapRoles: `${nodes}- rolearn: arn:aws:iam::1:role/ops\n  username: eks:addon-manager\n` })],
      evidence: [{ path: "data.mapRoles", value: "arn:aws:iam::1:role/ops" }],
      severity: "high",
    },
    { name: "every identity of an account", objects: [eks, auth({ mapRoles: nodes, mapAccounts: '- "111122223333"' })], severity: "medium" },
    { name: "a user with keys", objects: [eks, auth({ mapUsers: "- userarn: arn:aws:iam::1:user/jane\n  groups: [dev]\n" })], severity: "low" },
  ],
  passes: [
    { name: "only nodes", objects: [eks, auth({ mapRoles: nodes })] },
    { name: "a role with a name of its own", objects: [eks, auth({ mapRoles: "- rolearn: arn:aws:iam::1:role/ops\n  username: eks-ops\n" })] },
    { name: "access entries", objects: [eks] },
  ],
  notApplicable: [
    { name: "another service", objects: [node({ labels: { "cloud.google.com/gke-nodepool": "a" } })] },
    { name: "no such ConfigMap, whoever runs it", objects: [node()] },
    { name: "kind", objects: [node({ spec: { providerID: "kind://a" } })] },
  ],
  unknown: [
    { name: "a file that cannot be read", objects: [eks, auth({ mapRoles: "{{ x }}" })] },
    { name: "ConfigMaps cannot be listed", objects: [eks], missing: ["configMaps"] },
    { name: "nothing tells who runs it, and it may be elsewhere", objects: [node()], complete: false },
  ],
});
