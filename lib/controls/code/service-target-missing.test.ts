import { deployment, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./service-target-missing";

const target = { kind: "Service", name: "app" };

describeControl(control, {
  fails: [{ name: "nothing has its labels", objects: [deployment({ name: "other" }), service()], target, evidence: [{ path: "spec.selector" }] }],
  passes: [{ name: "a workload has them", objects: [deployment(), service()], target }],
  notApplicable: [
    { name: "no selector", objects: [service({ spec: { selector: undefined } })], target },
    { name: "a name only", objects: [service({ spec: { type: "ExternalName" } })], target },
  ],
  unknown: [{ name: "a set of manifests", objects: [service()], target, complete: false }],
});
