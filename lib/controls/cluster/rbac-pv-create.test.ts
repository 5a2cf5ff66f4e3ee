import { allow, everywhere, throughBinding } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-pv-create";

describeControl(control, {
  fails: [
    { name: "creating", objects: everywhere("", ["persistentvolumes"], ["create"]), severity: "high", evidence: [{ path: "rules[0]" }] },
    { name: "changing", objects: everywhere("", ["persistentvolumes"], ["patch"]), severity: "medium" },
  ],
  passes: [
    {
      name: "an account of the platform that has no such right",
      objects: [
        clusterRole(allow("", ["pods"], ["get"])),
        clusterRoleBinding({ subjects: [{ kind: "ServiceAccount", name: "op", namespace: "kube-system" }] }),
      ],
    },
    { name: "changing one that is named", objects: everywhere("", ["persistentvolumes"], ["patch"], ["data"]) },
    { name: "claims", objects: everywhere("", ["persistentvolumeclaims"], ["create"]) },
    { name: "through a RoleBinding, where volumes are not", objects: throughBinding("", ["persistentvolumes"], ["create"]) },
  ],
  notApplicable: [
    {
      name: "a provisioner of the platform",
      objects: [
        clusterRole(allow("", ["persistentvolumes"], ["create"])),
        clusterRoleBinding({ subjects: [{ kind: "ServiceAccount", name: "csi", namespace: "kube-system" }] }),
      ],
    },
  ],
});
