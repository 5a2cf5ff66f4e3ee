import { allow, everywhere, inShop, rule } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
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
const RBAC = "rbac.authorization.k8s.io";
const target = { kind: "ServiceAccount", name: "app" };

const both = ["app", "web"].map((name) => ({ kind: "ServiceAccount", name, namespace: "shop" }));
/** The accounts app and web may do everything in kube-system, and make tokens of the account app. */
const ownToken = (...names: readonly string[]) => [
  role({
    namespace: "kube-system",
    rules: [rule(RBAC, ["clusterroles"], ["bind"]), rule(RBAC, ["rolebindings"], ["create"])],
  }),
  roleBinding({ namespace: "kube-system", subjects: both }),
  role(allow("", ["serviceaccounts/token"], ["create"], names)),
  roleBinding({ subjects: both }),
];

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
    {
      name: "by a store of External Secrets, which names an account and where its token goes",
      objects: [...inShop("external-secrets.io", ["secretstores"], ["patch"], ["vault"]), ...strong],
      target,
      severity: "critical",
      evidence: [
        {
          path: "rules[0]",
          message: "RoleBinding shop/app binds it to Role shop/app, whose rule 0 allows patch on secretstores called vault in namespace shop.",
        },
      ],
    },
    { name: "by a store for all namespaces", objects: everywhere("external-secrets.io", ["clustersecretstores"], ["create"]), severity: "critical" },
    { name: "by a store in a namespace without stronger accounts", objects: inShop("external-secrets.io", ["secretstores"], ["create"]), severity: "medium" },
    { name: "one's own by name, which gives no more than one has", objects: ownToken("app"), target, severity: "low" },
    { name: "the same of another account", objects: ownToken("app"), target: { kind: "ServiceAccount", name: "web" }, severity: "critical" },
    { name: "one's own beside another one", objects: ownToken("app", "weak"), target, severity: "medium" },
  ],
  passes: [
    { name: "service accounts alone", objects: inShop("", ["serviceaccounts"], ["create", "get"]) },
    { name: "changing everything, where no rule names External Secrets", objects: everywhere("*", ["*"], ["get", "patch"]) },
    { name: "reading stores of External Secrets", objects: inShop("external-secrets.io", ["secretstores", "externalsecrets"], ["get", "list"]) },
    { name: "a store for all namespaces, through a RoleBinding", objects: inShop("external-secrets.io", ["clustersecretstores"], ["create"]) },
  ],
});
