import { everywhere, inShop, rule } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-node-write";

describeControl(control, {
  fails: [
    { name: "labels and taints", objects: everywhere("", ["nodes"], ["patch"]), severity: "medium", evidence: [{ path: "rules[0]" }] },
    {
      name: "with the eviction of pods",
      objects: [clusterRole({ rules: [rule("", ["nodes"], ["patch"]), rule("", ["pods/eviction"], ["create"])] }), clusterRoleBinding()],
      severity: "high",
    },
    { name: "all nodes taken away at once", objects: everywhere("", ["nodes"], ["deletecollection"]), severity: "medium" },
    { name: "placing pods by hand", objects: inShop("", ["pods/binding"], ["create"]), severity: "medium" },
  ],
  passes: [{ name: "reading nodes", objects: everywhere("", ["nodes"], ["get", "list", "watch"]) }],
});
