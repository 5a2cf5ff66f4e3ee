import { deployment, job, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-default-sa-cloud-role";

const role = { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/cart" };

describeControl(control, {
  fails: [
    {
      name: "the default account",
      objects: [serviceAccount({ name: "default", annotations: role })],
      target: { kind: "ServiceAccount", name: "default" },
      evidence: [{ path: 'metadata.annotations["eks.amazonaws.com/role-arn"]' }],
      severity: "high",
    },
    {
      name: "an account that two workloads use",
      objects: [serviceAccount({ annotations: role }), deployment(), deployment({ name: "other" })],
      target: { kind: "ServiceAccount", name: "app" },
      severity: "medium",
      remedy: false,
    },
  ],
  passes: [
    { name: "one workload, one account", objects: [serviceAccount({ annotations: role }), deployment()], target: { kind: "ServiceAccount", name: "app" } },
    {
      name: "the other workload is in another namespace",
      objects: [serviceAccount({ annotations: role }), deployment(), deployment({ namespace: "other" })],
      target: { kind: "ServiceAccount", name: "app" },
    },
    {
      name: "the other workload has an account of its own",
      objects: [serviceAccount({ annotations: role }), deployment(), deployment({ name: "b", podSpec: { serviceAccountName: "b" } })],
      target: { kind: "ServiceAccount", name: "app" },
    },
    {
      name: "the other one is a Job that has finished",
      objects: [serviceAccount({ annotations: role }), deployment(), job({ name: "b", status: { conditions: [{ type: "Complete", status: "True" }] } })],
      target: { kind: "ServiceAccount", name: "app" },
    },
  ],
  notApplicable: [{ name: "no cloud identity", objects: [serviceAccount()], target: { kind: "ServiceAccount", name: "app" } }],
  unknown: [
    {
      name: "others may use the account, in a part of a cluster",
      objects: [serviceAccount({ annotations: role }), deployment()],
      target: { kind: "ServiceAccount", name: "app" },
      complete: false,
    },
    {
      name: "workloads cannot be listed",
      objects: [serviceAccount({ annotations: role })],
      target: { kind: "ServiceAccount", name: "app" },
      missing: ["workloads"],
    },
  ],
});
