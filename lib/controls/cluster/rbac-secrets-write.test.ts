import { everywhere, inShop } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-secrets-write";

describeControl(control, {
  fails: [
    {
      name: "by a star that reaches as far as its API groups",
      objects: [clusterRole({ rules: [{ apiGroups: ["", "apps"], resources: ["*"], verbs: ["patch"] }] }), clusterRoleBinding()],
      severity: "high",
      evidence: [
        {
          path: "rules[0]",
          message:
            "ClusterRoleBinding app binds it to ClusterRole app, whose rule 0 allows patch on every resource of the core API group and apps in the whole cluster.",
        },
      ],
    },
    { name: "creating in the whole cluster", objects: everywhere("", ["secrets"], ["create"]), severity: "high", evidence: [{ path: "rules[0]" }] },
    { name: "changing in a namespace", objects: inShop("", ["secrets"], ["patch", "get"]), severity: "medium" },
    { name: "changing a named one", objects: inShop("", ["secrets"], ["update"], ["app-tls"]), severity: "low" },
  ],
  passes: [
    { name: "create with a name grants nothing", objects: inShop("", ["secrets"], ["create"], ["app-tls"]) },
    { name: "reading", objects: inShop("", ["secrets"], ["get", "list"]) },
  ],
});
