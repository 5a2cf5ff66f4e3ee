import { type Clause, clauseGroup } from "../framework";
import { NEEDS_PROVIDER, PROVIDER_REST, TRUST_REST } from "./gaps";

/** Section 5 of CIS GKE 1.9: most of it is in the provider's description of the cluster only. */
export const GKE_SERVICE: readonly Clause[] = [
  ...clauseGroup(
    "5.1 Images and registries",
    {
      "5.1.1": "Images are scanned",
      "5.1.2": "Few people can change the image repositories",
      "5.1.3": "The cluster may only read the image repositories",
      "5.1.4": { title: "Trusted images only", gap: null, follows: ["5.5.1"] },
    },
    NEEDS_PROVIDER,
  ),
  ...clauseGroup(
    "5.2 Identities",
    {
      "5.2.1": "Nodes do not use the default service account of Compute Engine",
      "5.2.2": {
        title: "One cloud identity for each workload",
        gap: null,
        controls: ["cloud-workload-identity", "cloud-static-credentials", "cloud-default-sa-cloud-role", "cloud-shared-cloud-role"],
        rest: PROVIDER_REST,
      },
    },
    NEEDS_PROVIDER,
  ),
  ...clauseGroup("5.3 Keys", { "5.3.1": "Secrets are encrypted with a key in Cloud KMS" }, NEEDS_PROVIDER),
  ...clauseGroup("5.4 Node metadata", {
    "5.4.1": { title: "The GKE metadata server stands before the cloud's", controls: ["cloud-workload-identity"] },
  }),
  ...clauseGroup(
    "5.5 Nodes",
    {
      "5.5.1": { title: "Nodes run Container-Optimized OS", gap: null, controls: ["node-container-os"] },
      "5.5.2": "Nodes are repaired by themselves",
      "5.5.3": "Nodes are upgraded by themselves",
      "5.5.4": "A release channel looks after the version",
      "5.5.5": "Shielded nodes are on",
      "5.5.6": "Shielded nodes watch their integrity",
      "5.5.7": "Shielded nodes boot securely",
    },
    NEEDS_PROVIDER,
  ),
  ...clauseGroup(
    "5.6 Network of the cluster",
    {
      "5.6.1": "Flow logs, and traffic inside nodes is visible",
      "5.6.2": "The cluster is VPC-native",
      "5.6.3": "Few networks reach the control plane",
      "5.6.4": "The control plane has a private endpoint and no public one",
      "5.6.5": { title: "Nodes have no public addresses", gap: null, controls: ["cloud-node-public-ip"] },
      "5.6.6": "Firewall rules guard the nodes",
      "5.6.7": {
        title: "Certificates that Google manages at the entry points",
        gap: null,
        controls: ["ingress-without-tls", "lb-tls"],
        rest: PROVIDER_REST,
      },
    },
    NEEDS_PROVIDER,
  ),
  ...clauseGroup(
    "5.7 Logs",
    {
      "5.7.1": { title: "Logs and metrics go to a service", gap: null, controls: ["log-pipeline-absent"], rest: PROVIDER_REST },
      "5.7.2": "The audit log of Linux is on",
    },
    NEEDS_PROVIDER,
  ),
  ...clauseGroup(
    "5.8 Sign-in",
    {
      "5.8.1": "Nobody signs in with a client certificate",
      "5.8.2": "Groups of Google decide what people may do",
      "5.8.3": "Legacy authorisation is off",
    },
    NEEDS_PROVIDER,
  ),
  ...clauseGroup("5.9 Storage", {
    "5.9.1": { title: "Persistent disks are encrypted with a key of your own", controls: ["cloud-storageclass-cmk"], rest: PROVIDER_REST },
    "5.9.2": { title: "Boot disks are encrypted with a key of your own", gap: NEEDS_PROVIDER },
  }),
  ...clauseGroup(
    "5.10 Other settings",
    {
      "5.10.1": "The Kubernetes dashboard is off",
      "5.10.2": "No alpha cluster for production",
      "5.10.3": {
        title: "A sandbox for code that is not trusted",
        gap: null,
        controls: ["runtimeclass-sandbox", "sandbox-runtime-missing"],
        rest: TRUST_REST,
      },
      "5.10.4": "Security posture is on",
    },
    NEEDS_PROVIDER,
  ),
];
