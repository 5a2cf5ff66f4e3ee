import { everywhere, inShop, throughBinding } from "../../graph/rbac/testing";
import { describeControl } from "../testing";
import control from "./rbac-evidence-destruction";

describeControl(control, {
  fails: [
    { name: "events", objects: inShop("", ["events"], ["delete"]), severity: "low", evidence: [{ path: "rules[0]" }] },
    { name: "all Secrets at once", objects: inShop("", ["secrets"], ["deletecollection"]), severity: "low" },
    { name: "namespaces", objects: everywhere("", ["namespaces"], ["delete"]), severity: "medium" },
  ],
  passes: [
    { name: "one Secret at a time", objects: inShop("", ["secrets"], ["delete"]) },
    { name: "another namespace by name, through a RoleBinding, which does not reach there", objects: throughBinding("", ["namespaces"], ["delete"], ["lab"]) },
    { name: "logs, which cannot be deleted", objects: inShop("", ["pods/log"], ["delete"]) },
  ],
});
