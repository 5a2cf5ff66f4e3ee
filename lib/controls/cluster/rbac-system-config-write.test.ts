import { allow, everywhere, inShop, throughBinding } from "../../graph/rbac/testing";
import { configMap, node, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-system-config-write";

const inSystem = (names?: string[]) => [
  role({ ...allow("", ["configmaps"], ["update"], names), namespace: "kube-system" }),
  roleBinding({ namespace: "kube-system" }),
];

const madeInSystem = [role({ ...allow("", ["configmaps"], ["create"]), namespace: "kube-system" }), roleBinding({ namespace: "kube-system" })];
const eks = node({ labels: { "eks.amazonaws.com/nodegroup": "a" } });
const k3s = node({ spec: { providerID: "k3s://a" } });

describeControl(control, {
  fails: [
    { name: "any of kube-system", objects: inSystem(), severity: "high", evidence: [{ path: "rules[0]" }] },
    {
      name: "any of kube-system, aws-auth among them",
      objects: [...inSystem(), configMap({ name: "aws-auth", namespace: "kube-system" })],
      severity: "critical",
    },
    {
      name: "coredns by name, beside aws-auth",
      objects: [...inSystem(["coredns"]), configMap({ name: "aws-auth", namespace: "kube-system" })],
      severity: "high",
    },
    { name: "making others beside those that are there", objects: madeInSystem, severity: "low" },
    { name: "making aws-auth, which EKS heeds where it is made", objects: [...madeInSystem, eks], severity: "high" },
    {
      name: "making others on an EKS that has aws-auth",
      objects: [...madeInSystem, eks, configMap({ name: "aws-auth", namespace: "kube-system" })],
      severity: "low",
    },
    { name: "making coredns-custom, which K3s heeds where it is made", objects: [...madeInSystem, k3s], severity: "high" },
    {
      name: "making others on a K3s that has coredns-custom",
      objects: [...madeInSystem, k3s, configMap({ name: "coredns-custom", namespace: "kube-system" })],
      severity: "low",
    },
    { name: "of the whole cluster", objects: everywhere("", ["configmaps"], ["patch"]), severity: "high" },
    { name: "aws-auth by name", objects: inSystem(["aws-auth"]), severity: "critical" },
    { name: "coredns by name", objects: inSystem(["coredns"]), severity: "high" },
    { name: "whom aggregated API servers believe", objects: inSystem(["extension-apiserver-authentication"]), severity: "high" },
    { name: "runtime classes", objects: everywhere("node.k8s.io", ["runtimeclasses"], ["create"]), severity: "medium" },
    { name: "the authorities that pods believe", objects: everywhere("certificates.k8s.io", ["clustertrustbundles"], ["update"], ["own"]), severity: "medium" },
  ],
  passes: [
    { name: "the authorities that pods believe, through a RoleBinding", objects: throughBinding("certificates.k8s.io", ["clustertrustbundles"], ["update"]) },
    { name: "one of its own by name", objects: inSystem(["my-leader-lock"]) },
    { name: "of another namespace", objects: inShop("", ["configmaps"], ["update"]) },
  ],
});
