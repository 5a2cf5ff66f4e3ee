import { everywhere, inShop } from "../../graph/rbac/testing";
import { describeControl } from "../testing";
import control from "./rbac-ephemeral-containers";

describeControl(control, {
  fails: [
    { name: "in the whole cluster", objects: everywhere("", ["pods/ephemeralcontainers"], ["patch"]), severity: "high", evidence: [{ path: "rules[0]" }] },
    { name: "in a namespace, by a subresource of every kind", objects: inShop("", ["*/ephemeralcontainers"], ["update"]), severity: "medium" },
  ],
  passes: [{ name: "pods alone", objects: inShop("", ["pods"], ["patch", "update"]) }],
});
