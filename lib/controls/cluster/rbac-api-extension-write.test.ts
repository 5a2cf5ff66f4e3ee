import { allow, everywhere } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-api-extension-write";

describeControl(control, {
  fails: [
    { name: "APIServices", objects: everywhere("apiregistration.k8s.io", ["apiservices"], ["create"]), severity: "high", evidence: [{ path: "rules[0]" }] },
    { name: "CRDs", objects: everywhere("apiextensions.k8s.io", ["customresourcedefinitions"], ["update"]), severity: "medium" },
  ],
  passes: [
    { name: "reading", objects: everywhere("apiextensions.k8s.io", ["customresourcedefinitions"], ["get", "list"]) },
    {
      name: "an account of the platform that has no such right",
      objects: [
        clusterRole(allow("", ["pods"], ["get"])),
        clusterRoleBinding({ subjects: [{ kind: "ServiceAccount", name: "op", namespace: "kube-system" }] }),
      ],
    },
  ],
  notApplicable: [
    {
      name: "an operator of the platform",
      objects: [
        clusterRole(allow("apiextensions.k8s.io", ["customresourcedefinitions"], ["create"])),
        clusterRoleBinding({ subjects: [{ kind: "ServiceAccount", name: "op", namespace: "calico-system" }] }),
      ],
    },
  ],
});
