import { everywhere, throughBinding } from "../../graph/rbac/testing";
import { describeControl } from "../testing";
import control from "./rbac-node-proxy";

describeControl(control, {
  fails: [
    { name: "get is enough", objects: everywhere("", ["nodes/proxy"], ["get"]), severity: "critical", evidence: [{ path: "rules[0]" }] },
    { name: "proxy of every kind", objects: everywhere("", ["*/proxy"], ["create"]) },
  ],
  passes: [
    { name: "the finer subresources", objects: everywhere("", ["nodes/metrics", "nodes/stats", "nodes/log"], ["get"]) },
    { name: "through a RoleBinding, where nodes are not", objects: throughBinding("", ["nodes/proxy"], ["get"]) },
    { name: "nodes alone", objects: everywhere("", ["nodes"], ["get"]) },
  ],
});
