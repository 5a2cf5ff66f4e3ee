import { node } from "../../inventory/testing";
import { controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { describeControl } from "../testing";
import control from "./k8s-patch-current";

describeControl(control, {
  fails: [
    { name: "many patches behind", objects: [node()], kubeVersion: "1.35", evidence: [{ path: "gitVersion", value: "v1.35.0" }] },
    {
      name: "a part of a cluster that shows a control plane of its own",
      objects: [controlPlaneNode()],
      kubeVersion: "1.35",
      complete: false,
    },
  ],
  notApplicable: [
    { name: "a managed service chooses", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })], kubeVersion: "1.35" },
    { name: "a managed service that has few patches", objects: [node({ labels: { "doks.digitalocean.com/node-pool": "a" } })], kubeVersion: "1.35" },
    { name: "GKE in a data centre", objects: [controlPlaneNode(), node({ labels: { "cloud.google.com/gke-nodepool": "a" } })], kubeVersion: "1.35" },
    { name: "OpenShift, with patches of its own", objects: [node({ labels: { "node.openshift.io/os_id": "rhel" } })], kubeVersion: "1.35" },
  ],
  unknown: [
    {
      name: "a part of a cluster, whose service may choose the patch",
      objects: [],
      kubeVersion: "1.35",
      complete: false,
      reason: "These manifests do not show whether a managed service runs the control plane, and chooses its patch level.",
    },
    { name: "a minor whose patches are not known", objects: [node()], kubeVersion: "1.38" },
    { name: "no version", objects: [node()] },
  ],
});
