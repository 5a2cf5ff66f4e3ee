import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-node-write";

const allow = (group: string, resources: string[], verbs: string[], names?: string[]) => ({
  rules: [{ apiGroups: [group], resources, verbs, ...(names && { resourceNames: names }) }],
});
const everywhere = (...rule: Parameters<typeof allow>) => [clusterRole(allow(...rule)), clusterRoleBinding()];
const inShop = (...rule: Parameters<typeof allow>) => [role(allow(...rule)), roleBinding()];

describeControl(control, {
  fails: [
    { name: "labels and taints", objects: everywhere("", ["nodes"], ["patch"]), severity: "medium", evidence: [{ path: "rules[0]" }] },
    {
      name: "with the eviction of pods",
      objects: [clusterRole({ rules: [...allow("", ["nodes"], ["patch"]).rules, ...allow("", ["pods/eviction"], ["create"]).rules] }), clusterRoleBinding()],
      severity: "high",
    },
    { name: "placing pods by hand", objects: inShop("", ["pods/binding"], ["create"]), severity: "medium" },
  ],
  passes: [{ name: "reading nodes", objects: everywhere("", ["nodes"], ["get", "list", "watch"]) }],
});
