import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-ephemeral-containers";

const allow = (group: string, resources: string[], verbs: string[], names?: string[]) => ({
  rules: [{ apiGroups: [group], resources, verbs, ...(names && { resourceNames: names }) }],
});
const everywhere = (...rule: Parameters<typeof allow>) => [clusterRole(allow(...rule)), clusterRoleBinding()];
const inShop = (...rule: Parameters<typeof allow>) => [role(allow(...rule)), roleBinding()];

describeControl(control, {
  fails: [
    { name: "in the whole cluster", objects: everywhere("", ["pods/ephemeralcontainers"], ["patch"]), severity: "high", evidence: [{ path: "rules[0]" }] },
    { name: "in a namespace, by a subresource of every kind", objects: inShop("", ["*/ephemeralcontainers"], ["update"]), severity: "medium" },
  ],
  passes: [{ name: "pods alone", objects: inShop("", ["pods"], ["patch", "update"]) }],
});
