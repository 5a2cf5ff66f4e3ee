import { node } from "../../inventory/testing";
import { controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { describeControl } from "../testing";
import control from "./cluster-version-unsupported";

const eks = node({ labels: { "eks.amazonaws.com/nodegroup": "a" } });

describeControl(control, {
  fails: [
    { name: "past its end", objects: [node()], kubeVersion: "1.34", evidence: [{ path: "gitVersion", value: "v1.34.0" }], severity: "high" },
    { name: "years past its end", objects: [node()], kubeVersion: "1.19", severity: "high" },
    { name: "in maintenance", objects: [node()], kubeVersion: "1.35", observedAt: "2027-01-10T00:00:00Z", severity: "medium" },
    {
      name: "past its end, in a part of a cluster that shows a control plane of its own",
      objects: [controlPlaneNode()],
      kubeVersion: "1.34",
      complete: false,
    },
  ],
  passes: [
    { name: "supported by the project, whoever runs the control plane of this part of a cluster", objects: [], kubeVersion: "1.36", complete: false },
    { name: "OpenShift of a supported version", objects: [node({ labels: { "node.openshift.io/os_id": "rhel" } })], kubeVersion: "1.36" },
    { name: "supported", objects: [node()], kubeVersion: "1.36" },
    { name: "the oldest that is supported", objects: [node()], kubeVersion: "1.35" },
  ],
  subsumed: [{ name: "the managed service has the last word", objects: [eks], kubeVersion: "1.30" }],
  notApplicable: [{ name: "inside the window of the managed service", objects: [eks], kubeVersion: "1.34" }],
  unknown: [
    {
      name: "past its end, in a part of a cluster that a service may support for longer",
      objects: [],
      kubeVersion: "1.34",
      complete: false,
      reason: "Whether a managed service supports Kubernetes 1.34 for longer cannot be told: these manifests do not show who runs the control plane.",
    },
    { name: "years past its end, in a part of a cluster", objects: [], kubeVersion: "1.19", complete: false },
    { name: "in maintenance, in a part of a cluster", objects: [], kubeVersion: "1.35", observedAt: "2027-01-10T00:00:00Z", complete: false },
    { name: "OpenShift, which its vendor supports for longer", objects: [node({ labels: { "node.openshift.io/os_id": "rhel" } })], kubeVersion: "1.34" },
    {
      name: "a managed service whose calendar is not in our tables",
      objects: [node({ labels: { "oke.oraclecloud.com/node.info.private_subnet": "true" } })],
      kubeVersion: "1.33",
      reason: "The project no longer supports Kubernetes 1.33 in full; for how long Oracle Kubernetes Engine does is not in our tables.",
    },
    { name: "OpenShift of before the table", objects: [node({ labels: { "node.openshift.io/os_id": "rhel" } })], kubeVersion: "1.11" },
    { name: "newer than the table", objects: [node()], kubeVersion: "1.38" },
    { name: "no version", objects: [node()] },
  ],
});
