import { namespace, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./default-sa-automount";

describeControl(control, {
  fails: [
    {
      name: "nothing is set",
      objects: [namespace(), serviceAccount({ name: "default", automountServiceAccountToken: undefined })],
      severity: "low",
      evidence: [{ path: "automountServiceAccountToken", value: null }],
    },
    {
      name: "it is on",
      objects: [namespace(), serviceAccount({ name: "default", automountServiceAccountToken: true })],
      evidence: [{ path: "automountServiceAccountToken", value: "true" }],
    },
    { name: "the account is not listed, so it is as the controller makes it", objects: [namespace()] },
  ],
  passes: [{ name: "it is off", objects: [namespace(), serviceAccount({ name: "default" })] }],
  notApplicable: [{ name: "a namespace of the platform", objects: [namespace({ name: "kube-system" })] }],
  unknown: [
    { name: "a part of a cluster", objects: [namespace()], complete: false },
    { name: "accounts could not be read", objects: [namespace()], missing: ["serviceAccounts"] },
  ],
});
