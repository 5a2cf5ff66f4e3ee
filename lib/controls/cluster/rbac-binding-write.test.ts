import { everywhere, inShop, throughBinding } from "../../graph/rbac/testing";
import { describeControl } from "../testing";
import control from "./rbac-binding-write";

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
      objects: throughBinding(GROUP, ["clusterroles", "clusterrolebindings"], ["create"]),
    },
  ],
  subsumed: [{ name: "with bind, which is worse", objects: everywhere(GROUP, ["clusterroles", "clusterrolebindings"], ["bind", "create"]) }],
});
