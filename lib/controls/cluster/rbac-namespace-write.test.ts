import { allow, everywhere, throughBinding } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding, namespace, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-namespace-write";

const target = { kind: "ServiceAccount", name: "app" };
const lab = (level: string) => [namespace({ name: "lab", labels: { "pod-security.kubernetes.io/enforce": level } })];
const makerIn = (place: string) => [
  role({ name: "maker", namespace: place, ...allow("", ["pods"], ["create"]) }),
  roleBinding({ name: "maker", namespace: place, roleRef: { kind: "Role", name: "maker" } }),
];
const makerEverywhere = [
  clusterRole({ name: "maker", ...allow("", ["pods"], ["create"]) }),
  clusterRoleBinding({ name: "maker", roleRef: { kind: "ClusterRole", name: "maker" } }),
];

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
    {
      name: "of one namespace by name, and the creation of pods in another that holds pods back",
      objects: [...everywhere("", ["namespaces"], ["patch"], ["lab"]), ...lab("privileged"), namespace(), ...makerIn("shop")],
      target,
      severity: "medium",
    },
    {
      name: "of one namespace by name that holds pods back, and the creation of pods everywhere",
      objects: [...everywhere("", ["namespaces"], ["patch"], ["lab"]), ...lab("baseline"), ...makerEverywhere],
      target,
      severity: "high",
    },
    {
      name: "of one namespace by name that holds nothing back, and the creation of pods everywhere",
      objects: [...everywhere("", ["namespaces"], ["patch"], ["lab"]), ...lab("privileged"), namespace(), ...makerEverywhere],
      target,
      severity: "medium",
    },
    {
      name: "of two namespaces by name, one of which holds pods back",
      objects: [...everywhere("", ["namespaces"], ["patch"], ["lab", "shop"]), ...lab("privileged"), namespace(), ...makerIn("shop")],
      target,
      severity: "high",
    },
    {
      name: "of one namespace by name that is not there",
      objects: [...everywhere("", ["namespaces"], ["patch"], ["gone"]), namespace(), ...makerEverywhere],
      target,
      severity: "medium",
    },
    {
      name: "of one namespace by name that a part of a cluster does not show",
      objects: [...everywhere("", ["namespaces"], ["patch"], ["gone"]), namespace(), ...makerEverywhere],
      target,
      complete: false,
      severity: "high",
    },
    {
      name: "of one namespace by name, where namespaces were not read",
      objects: [...everywhere("", ["namespaces"], ["patch"], ["lab"]), ...makerEverywhere],
      missing: ["namespaces"],
      target,
      severity: "high",
    },
    { name: "its own by name, through a RoleBinding", objects: throughBinding("", ["namespaces"], ["update"], ["shop"]), severity: "medium" },
  ],
  passes: [
    { name: "another by name, through a RoleBinding, which does not reach there", objects: throughBinding("", ["namespaces"], ["update"], ["lab"]) },
    { name: "reading and creating", objects: everywhere("", ["namespaces"], ["get", "create"]) },
  ],
});
