import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-binding-write";

const allow = (group: string, resources: string[], verbs: string[], names?: string[]) => ({
  rules: [{ apiGroups: [group], resources, verbs, ...(names && { resourceNames: names }) }],
});
const everywhere = (...rule: Parameters<typeof allow>) => [clusterRole(allow(...rule)), clusterRoleBinding()];
const inShop = (...rule: Parameters<typeof allow>) => [role(allow(...rule)), roleBinding()];

const GROUP = "rbac.authorization.k8s.io";

describeControl(control, {
  fails: [
    {
      name: "bindings of the whole cluster",
      objects: everywhere(GROUP, ["clusterrolebindings"], ["create"]),
      severity: "medium",
      evidence: [{ path: "rules[0]" }],
    },
    { name: "roles of a namespace", objects: inShop(GROUP, ["roles"], ["update"]), severity: "low" },
  ],
  passes: [
    { name: "reading", objects: everywhere(GROUP, ["roles"], ["get", "list"]) },
    {
      name: "what is in no namespace, through a RoleBinding",
      objects: [clusterRole(allow(GROUP, ["clusterroles", "clusterrolebindings"], ["create"])), roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } })],
    },
  ],
  subsumed: [{ name: "with bind, which is worse", objects: everywhere(GROUP, ["clusterroles", "clusterrolebindings"], ["bind", "create"]) }],
});
