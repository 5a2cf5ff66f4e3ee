import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./k8s-patch-current";

describeControl(control, {
  fails: [{ name: "many patches behind", objects: [node()], kubeVersion: "1.35", evidence: [{ path: "gitVersion", value: "v1.35.0" }] }],
  notApplicable: [
    { name: "a managed service chooses", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })], kubeVersion: "1.35" },
    { name: "OpenShift, with patches of its own", objects: [node({ labels: { "node.openshift.io/os_id": "rhel" } })], kubeVersion: "1.35" },
  ],
  unknown: [
    { name: "a minor whose patches are not known", objects: [node()], kubeVersion: "1.38" },
    { name: "no version", objects: [node()] },
  ],
});
