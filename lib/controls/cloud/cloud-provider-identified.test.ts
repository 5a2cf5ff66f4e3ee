import { deployment, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-provider-identified";

describeControl(control, {
  passes: [
    { name: "the provider id of a node tells", objects: [node({ spec: { providerID: "aws:///eu-west-1a/i-1" } })] },
    { name: "a label of the managed service tells", objects: [node({ labels: { "cloud.google.com/gke-nodepool": "a" } })] },
    { name: "a node in a resource group of AKS", objects: [node({ spec: { providerID: "azure:///subscriptions/1/resourceGroups/mc_a_b_c/providers/x" } })] },
  ],
  notApplicable: [
    { name: "kind", objects: [node({ spec: { providerID: "kind://docker/kind/kind-control-plane" } })], evidence: [{ path: "spec.providerID" }] },
  ],
  unknown: [
    { name: "bare metal without a cloud controller", objects: [node()] },
    { name: "K3s on machines of which nothing is known", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] },
    { name: "a set of manifests", objects: [deployment()], complete: false },
    { name: "nodes cannot be listed", objects: [], missing: ["nodes"] },
  ],
});
