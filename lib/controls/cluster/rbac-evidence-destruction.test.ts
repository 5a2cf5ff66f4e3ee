import { everywhere, inShop, throughBinding } from "../../graph/rbac/testing";
import { describeControl } from "../testing";
import control from "./rbac-evidence-destruction";

describeControl(control, {
  fails: [
    { name: "events", objects: inShop("", ["events"], ["delete"]), severity: "low", evidence: [{ path: "rules[0]" }] },
    { name: "all Secrets at once", objects: inShop("", ["secrets"], ["deletecollection"]), severity: "low" },
    { name: "namespaces", objects: everywhere("", ["namespaces"], ["delete"]), severity: "medium" },
    {
      name: "CRDs, with every object of their kinds",
      objects: everywhere("apiextensions.k8s.io", ["customresourcedefinitions"], ["delete"]),
      severity: "medium",
    },
    { name: "one CRD by its name", objects: everywhere("apiextensions.k8s.io", ["customresourcedefinitions"], ["delete"], ["a.example.com"]), severity: "low" },
  ],
  passes: [
    { name: "CRDs through a RoleBinding, where they are not", objects: throughBinding("apiextensions.k8s.io", ["customresourcedefinitions"], ["delete"]) },
    { name: "one Secret at a time", objects: inShop("", ["secrets"], ["delete"]) },
    { name: "another namespace by name, through a RoleBinding, which does not reach there", objects: throughBinding("", ["namespaces"], ["delete"], ["lab"]) },
    { name: "logs, which cannot be deleted", objects: inShop("", ["pods/log"], ["delete"]) },
  ],
});
