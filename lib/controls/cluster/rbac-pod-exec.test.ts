import { everywhere, inShop } from "../../graph/rbac/testing";
import { describeControl } from "../testing";
import control from "./rbac-pod-exec";

describeControl(control, {
  fails: [
    {
      name: "exec everywhere",
      objects: everywhere("", ["pods/exec"], ["create"]),
      severity: "high",
      evidence: [{ path: "rules[0]" }],
    },
    { name: "attach in a namespace", objects: inShop("", ["pods", "pods/attach"], ["create", "get"]), severity: "medium" },
    { name: "exec of every kind", objects: inShop("", ["*/exec"], ["create"]), severity: "medium" },
    { name: "forwarding ports alone", objects: inShop("", ["pods/portforward"], ["create"]), severity: "low" },
    { name: "every port of every pod by a proxy", objects: everywhere("", ["pods/proxy"], ["get"]), severity: "medium" },
    { name: "Services by a proxy, whatever the version", objects: inShop("", ["services/proxy"], ["create"]), severity: "low", kubeVersion: "1.35" },
    { name: "get before 1.35", objects: inShop("", ["pods/exec"], ["get"]), kubeVersion: "1.34" },
    { name: "get on a version that is not known", objects: inShop("", ["pods/exec"], ["get"]) },
  ],
  passes: [
    { name: "get from 1.35 on", objects: inShop("", ["pods/exec"], ["get"]), kubeVersion: "1.35" },
    { name: "forwarding by get from 1.35 on", objects: inShop("", ["pods/portforward"], ["get"]), kubeVersion: "1.35" },
    { name: "pods alone", objects: inShop("", ["pods"], ["create", "get", "list"]) },
    { name: "pods/* matches nothing", objects: inShop("", ["pods/*"], ["create"]) },
  ],
});
