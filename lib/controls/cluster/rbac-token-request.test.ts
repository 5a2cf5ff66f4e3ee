import { allow, everywhere, inShop } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-token-request";

const strong = [
  clusterRole({ name: "all", ...allow("*", ["*"], ["*"]) }),
  clusterRoleBinding({
    name: "all",
    roleRef: { kind: "ClusterRole", name: "all" },
    subjects: [{ kind: "ServiceAccount", name: "operator", namespace: "shop" }],
  }),
];
const target = { kind: "ServiceAccount", name: "app" };

describeControl(control, {
  fails: [
    { name: "in the whole cluster", objects: everywhere("", ["serviceaccounts/token"], ["create"]), severity: "critical", evidence: [{ path: "rules[0]" }] },
    { name: "in a namespace without stronger accounts", objects: inShop("", ["serviceaccounts/token"], ["create"]), severity: "medium" },
    {
      name: "in a namespace with an account that can take the cluster",
      objects: [...inShop("", ["serviceaccounts/token"], ["create"]), ...strong],
      target,
      severity: "critical",
    },
    { name: "that account by name", objects: [...inShop("", ["serviceaccounts/token"], ["create"], ["operator"]), ...strong], target, severity: "critical" },
    {
      name: "a weak account by name, in the whole cluster",
      objects: [...everywhere("", ["serviceaccounts/token"], ["create"], ["weak"]), ...strong],
      target,
      severity: "medium",
    },
    {
      name: "that account by name, in the whole cluster",
      objects: [...everywhere("", ["serviceaccounts/token"], ["create"], ["operator"]), ...strong],
      target,
      severity: "critical",
    },
    {
      name: "a weak account by name beside it",
      objects: [...inShop("", ["serviceaccounts/token"], ["create"], ["weak"]), ...strong],
      target,
      severity: "medium",
    },
  ],
  passes: [{ name: "service accounts alone", objects: inShop("", ["serviceaccounts"], ["create", "get"]) }],
});
