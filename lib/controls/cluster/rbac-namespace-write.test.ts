import { clusterRole, clusterRoleBinding, namespace, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-namespace-write";

const allow = (group: string, resources: string[], verbs: string[], names?: string[]) => ({
  rules: [{ apiGroups: [group], resources, verbs, ...(names && { resourceNames: names }) }],
});
const everywhere = (...rule: Parameters<typeof allow>) => [clusterRole(allow(...rule)), clusterRoleBinding()];
const throughBinding = (...rule: Parameters<typeof allow>) => [clusterRole(allow(...rule)), roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } })];

describeControl(control, {
  fails: [
    { name: "all namespaces", objects: everywhere("", ["namespaces"], ["patch"]), severity: "medium", evidence: [{ path: "rules[0]" }] },
    { name: "its own, through a RoleBinding", objects: throughBinding("", ["namespaces"], ["update"]), severity: "medium" },
    { name: "with the creation of pods", objects: everywhere("", ["namespaces", "pods"], ["patch", "create"]), severity: "high" },
    {
      name: "with the creation of pods in a namespace that holds pods back, through another binding",
      objects: [
        ...everywhere("", ["namespaces"], ["patch"]),
        namespace(),
        role({ name: "maker", ...allow("", ["pods"], ["create"]) }),
        roleBinding({ name: "maker", roleRef: { kind: "Role", name: "maker" } }),
      ],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "high",
    },
    {
      name: "with the creation of pods everywhere, in a part of a cluster that shows one namespace",
      objects: [...everywhere("", ["namespaces", "pods"], ["patch", "create"]), namespace({ labels: { "pod-security.kubernetes.io/enforce": "privileged" } })],
      complete: false,
      severity: "high",
    },
    {
      name: "with the creation of pods, where nothing holds them back anyway",
      objects: [
        ...throughBinding("", ["namespaces", "pods"], ["patch", "create"]),
        namespace({ labels: { "pod-security.kubernetes.io/enforce": "privileged" } }),
      ],
      severity: "medium",
    },
  ],
  passes: [{ name: "reading and creating", objects: everywhere("", ["namespaces"], ["get", "create"]) }],
});
