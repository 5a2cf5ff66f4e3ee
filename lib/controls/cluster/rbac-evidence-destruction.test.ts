import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-evidence-destruction";

const allow = (group: string, resources: string[], verbs: string[], names?: string[]) => ({
  rules: [{ apiGroups: [group], resources, verbs, ...(names && { resourceNames: names }) }],
});
const everywhere = (...rule: Parameters<typeof allow>) => [clusterRole(allow(...rule)), clusterRoleBinding()];
const inShop = (...rule: Parameters<typeof allow>) => [role(allow(...rule)), roleBinding()];

describeControl(control, {
  fails: [
    { name: "events", objects: inShop("", ["events"], ["delete"]), severity: "low", evidence: [{ path: "rules[0]" }] },
    { name: "all Secrets at once", objects: inShop("", ["secrets"], ["deletecollection"]), severity: "low" },
    { name: "namespaces", objects: everywhere("", ["namespaces"], ["delete"]), severity: "medium" },
  ],
  passes: [
    { name: "one Secret at a time", objects: inShop("", ["secrets"], ["delete"]) },
    { name: "logs, which cannot be deleted", objects: inShop("", ["pods/log"], ["delete"]) },
  ],
});
