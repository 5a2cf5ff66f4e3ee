import { deployment, role, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-orphan-grant";

const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] };
const granted = [serviceAccount(), role(secrets), roleBinding()];

describeControl(control, {
  fails: [{ name: "nothing runs as it", objects: granted, severity: "low", evidence: [{ path: "subjects[0]" }] }],
  passes: [
    { name: "a workload runs as it", objects: [...granted, deployment()] },
    { name: "its rights are weak", objects: [serviceAccount(), role(), roleBinding()] },
    { name: "it has no rights", objects: [serviceAccount()] },
  ],
  notApplicable: [{ name: "an account of the platform", objects: [serviceAccount({ namespace: "kube-system" })] }],
  unknown: [{ name: "workloads could not be read", objects: granted, missing: ["workloads"] }],
});
