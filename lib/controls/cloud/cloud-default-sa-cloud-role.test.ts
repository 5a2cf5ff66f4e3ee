import { deployment, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-default-sa-cloud-role";

const role = { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/cart" };

describeControl(control, {
  fails: [
    { name: "the default account", objects: [serviceAccount({ name: "default", annotations: role })], target: { kind: "ServiceAccount", name: "default" }, evidence: [{ path: 'metadata.annotations["eks.amazonaws.com/role-arn"]' }], severity: "high" },
    { name: "an account that two workloads use", objects: [serviceAccount({ annotations: role }), deployment(), deployment({ name: "other" })], target: { kind: "ServiceAccount", name: "app" }, severity: "medium", remedy: false },
  ],
  passes: [{ name: "one workload, one account", objects: [serviceAccount({ annotations: role }), deployment()], target: { kind: "ServiceAccount", name: "app" } }],
  notApplicable: [{ name: "no cloud identity", objects: [serviceAccount()], target: { kind: "ServiceAccount", name: "app" } }],
  unknown: [{ name: "workloads cannot be listed", objects: [serviceAccount({ annotations: role })], target: { kind: "ServiceAccount", name: "app" }, missing: ["workloads"] }],
});
