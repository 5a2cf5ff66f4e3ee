import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-age";

const aws = { spec: { providerID: "aws:///a/i-1" } };

describeControl(control, {
  fails: [
    {
      name: "older than a quarter",
      objects: [node({ ...aws, metadata: { creationTimestamp: "2026-06-01T00:00:00Z" } })],
      evidence: [{ path: "metadata.creationTimestamp" }],
      severity: "low",
    },
    {
      name: "an old image of AKS",
      objects: [
        node({
          metadata: { creationTimestamp: "2026-11-20T00:00:00Z" },
          labels: { "kubernetes.azure.com/node-image-version": "AKSUbuntu-2204gen2containerd-202608.19.1" },
        }),
      ],
      severity: "medium",
    },
  ],
  passes: [{ name: "young", objects: [node({ ...aws, metadata: { creationTimestamp: "2026-11-01T00:00:00Z" } })] }],
  notApplicable: [
    { name: "a node of the control plane", objects: [node({ ...aws, labels: { "node-role.kubernetes.io/control-plane": "" } })] },
    {
      name: "a node of the control plane by its taint alone",
      objects: [node({ ...aws, spec: { ...aws.spec, taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] } })],
    },
    { name: "a node of an older control plane", objects: [node({ ...aws, labels: { "node-role.kubernetes.io/master": "" } })] },
    { name: "Fargate", objects: [node({ ...aws, labels: { "eks.amazonaws.com/compute-type": "fargate" } })] },
    { name: "bare metal", objects: [node({ metadata: { creationTimestamp: "2020-01-01T00:00:00Z" } })] },
  ],
  unknown: [{ name: "no time", objects: [node(aws)] }],
});
