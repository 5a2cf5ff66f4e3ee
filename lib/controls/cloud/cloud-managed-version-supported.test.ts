import { MANAGED_RELEASES_AS_OF } from "../../inventory/data/managed-releases";
import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-managed-version-supported";

const eks = node({ labels: { "eks.amazonaws.com/nodegroup": "a" } });
const gke = node({ labels: { "cloud.google.com/gke-nodepool": "a" } });

describeControl(control, {
  fails: [
    { name: "past extended support", objects: [eks], kubeVersion: "1.30", severity: "high" },
    { name: "in extended support", objects: [eks], kubeVersion: "1.33", severity: "medium" },
    { name: "GKE, past the end of the Extended channel", objects: [gke], kubeVersion: "1.31", severity: "high" },
    {
      name: "GKE, past standard support, which the Extended channel outlasts",
      objects: [gke],
      kubeVersion: "1.34",
      evidence: [
        {
          path: "gitVersion",
          message: "Standard support of Google GKE 1.34 ended on 2026-10-01; extended support lasts until 2027-09-30 (table of 2026-08-22).",
        },
      ],
      severity: "medium",
    },
    { name: "older than the table", objects: [eks], kubeVersion: "1.22", severity: "high" },
  ],
  passes: [
    { name: "inside standard support", objects: [eks], kubeVersion: "1.36" },
    { name: "GKE, in the last weeks of standard support", objects: [gke], kubeVersion: "1.34", observedAt: "2026-09-15T00:00:00Z" },
    ...[
      { name: "a few days before the end", observedAt: "2026-11-27T23:30:00Z", when: "in 5 days" },
      { name: "on the day before the end", observedAt: "2026-12-01T07:30:00Z", when: "tomorrow" },
      { name: "on the last day", observedAt: "2026-12-02T07:30:00Z", when: "today" },
    ].map(({ name, observedAt, when }) => ({
      name,
      objects: [eks],
      kubeVersion: "1.34",
      observedAt,
      evidence: [
        { path: "gitVersion", message: `Amazon EKS 1.34 is in standard support until 2026-12-02 (table of ${MANAGED_RELEASES_AS_OF}). That is ${when}.` },
      ],
    })),
  ],
  notApplicable: [
    { name: "kind", objects: [node({ spec: { providerID: "kind://a" } })], kubeVersion: "1.30" },
    {
      name: "a control plane of one's own in a cloud",
      objects: [node({ spec: { providerID: "aws:///a/i-1" }, labels: { "node-role.kubernetes.io/control-plane": "" } })],
      kubeVersion: "1.30",
    },
  ],
  unknown: [
    { name: "newer than the table", objects: [eks], kubeVersion: "1.37" },
    { name: "no version", objects: [eks] },
    {
      name: "a managed service whose dates we do not know",
      objects: [node({ labels: { "lke.linode.com/pool-id": "1" } })],
      kubeVersion: "1.36",
      reason: "Until when Linode Kubernetes Engine supports each version is not in our tables.",
    },
    { name: "nothing tells who runs it", objects: [node()], kubeVersion: "1.36" },
    { name: "a cloud, but nothing tells who runs the control plane", objects: [node({ spec: { providerID: "aws:///a/i-1" } })], kubeVersion: "1.36" },
  ],
});
