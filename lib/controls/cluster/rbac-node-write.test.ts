import { everywhere, inShop, rule, throughBinding } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-node-write";

describeControl(control, {
  fails: [
    { name: "labels and taints", objects: everywhere("", ["nodes"], ["patch"]), severity: "medium", evidence: [{ path: "rules[0]" }] },
    {
      name: "with the eviction of pods",
      objects: [clusterRole({ rules: [rule("", ["nodes"], ["patch"]), rule("", ["pods/eviction"], ["create"])] }), clusterRoleBinding()],
      severity: "high",
    },
    { name: "all nodes taken away at once", objects: everywhere("", ["nodes"], ["deletecollection"]), severity: "medium" },
    { name: "what Karpenter has nodes run as they start", objects: everywhere("karpenter.k8s.aws", ["ec2nodeclasses"], ["patch"]), severity: "high" },
    {
      name: "one of the settings of OpenShift's nodes",
      objects: everywhere("machineconfiguration.openshift.io", ["machineconfigs"], ["update"], ["99-worker"]),
      severity: "high",
    },
    { name: "changing everything, where no rule names settings of nodes", objects: everywhere("*", ["*"], ["get", "patch"]), severity: "medium" },
    { name: "placing pods by hand", objects: inShop("", ["pods/binding"], ["create"]), severity: "medium" },
  ],
  passes: [
    {
      name: "settings of nodes through a RoleBinding, where they are not",
      objects: throughBinding("machineconfiguration.openshift.io", ["machineconfigs"], ["create"]),
    },
    { name: "reading nodes", objects: everywhere("", ["nodes"], ["get", "list", "watch"]) },
  ],
});
