import { clauseGroup, type Framework } from "../framework";
import { BOUNDS_REST, NEEDS_PROVIDER, NODE_FILES, PROVIDER_REST, VPC_CNI_REST } from "./gaps";
import { MAPPED_MASTERS, WEBHOOK_WRITES } from "./shared-parts";

export const eks: Framework = {
  key: "eks",
  name: "CIS Amazon EKS 2.0",
  version: "2.0.0",
  about:
    "For clusters that Amazon EKS runs. Controls map to recommendations; none of them is the benchmark's own audit. What only the account of the provider shows is not assessed. A result is evidence for an assessor.",
  asOf: "2026-11",
  source: "CIS Amazon EKS Benchmark 2.0.0, by the ids that kube-bench uses for it. The same number means something else in CIS Kubernetes.",
  leftOut: "Section 1 has no recommendation: the provider runs the control plane.",
  platform: "eks",
  columns: [],
  clauses: [
    ...clauseGroup("2.1 Logs of the control plane", { "2.1.1": "Logs of the control plane are on" }, NEEDS_PROVIDER),
    ...clauseGroup(
      "3.1 Files of worker nodes",
      {
        "3.1.1": "Kubelet kubeconfig: mode 644 or stricter",
        "3.1.2": "Kubelet kubeconfig: owned by root",
        "3.1.3": "Kubelet configuration: mode 644 or stricter",
        "3.1.4": "Kubelet configuration: owned by root",
      },
      NODE_FILES,
    ),
    ...clauseGroup("3.2 Kubelet", {
      "3.2.1": { title: "Anonymous requests are off", follows: ["4.2.1"] },
      "3.2.2": { title: "Not every request is allowed", follows: ["4.2.2"] },
      "3.2.3": { title: "A client certificate authority", follows: ["4.2.3"] },
      "3.2.4": { title: "No read-only port", follows: ["4.2.4"] },
      "3.2.5": { title: "The kubelet keeps its iptables chains", follows: ["4.2.6"] },
      "3.2.6": { title: "Events are kept at a rate that fits", follows: ["4.2.8"] },
      "3.2.7": { title: "Client certificates rotate", follows: ["4.2.10"] },
      "3.2.8": { title: "Serving certificates rotate", follows: ["4.2.11"] },
    }),
    ...clauseGroup("4.1 RBAC and service accounts", {
      "4.1.1": { title: "cluster-admin only where it is needed", follows: ["5.1.1"], parts: [MAPPED_MASTERS] },
      "4.1.2": { title: "Few can read Secrets", follows: ["5.1.2"] },
      "4.1.3": { title: "Few wildcards in roles", follows: ["5.1.3"] },
      "4.1.4": { title: "Few can create pods", follows: ["5.1.4"] },
      "4.1.5": { title: "Default service accounts are not used", follows: ["5.1.5"] },
      "4.1.6": { title: "Service account tokens only where they are needed", follows: ["5.1.6"] },
      "4.1.7": { title: "Access entries with few rights", controls: ["eks-aws-auth-in-use", "eks-aws-auth-privileged"], rest: PROVIDER_REST },
      "4.1.8": { title: "Few can bind, impersonate or escalate", follows: ["5.1.8"] },
      "4.1.9": { title: "Few can create persistent volumes", follows: ["5.1.9"] },
      "4.1.10": { title: "Few can use the proxy of nodes", follows: ["5.1.10"] },
      "4.1.11": { title: "Few can change webhook configurations", follows: ["5.1.12"], parts: [WEBHOOK_WRITES] },
      "4.1.12": { title: "Few can create service account tokens", follows: ["5.1.13"] },
    }),
    ...clauseGroup("4.2 Pod security", {
      "4.2.1": { title: "Few privileged containers", follows: ["5.2.2"] },
      "4.2.2": { title: "Few containers in the node's process namespace", follows: ["5.2.3"] },
      "4.2.3": { title: "Few containers in the node's IPC namespace", follows: ["5.2.4"] },
      "4.2.4": { title: "Few containers in the node's network", follows: ["5.2.5"] },
      "4.2.5": { title: "Few containers that can gain privileges", follows: ["5.2.6"] },
    }),
    ...clauseGroup("4.3 Network plugin", {
      "4.3.1": { title: "Network policies of the Amazon VPC CNI are on", follows: ["5.3.1"], rest: VPC_CNI_REST },
      "4.3.2": { title: "Network policies cover the workloads", controls: ["netpol-egress-open", "netpol-ingress-open"] },
    }),
    ...clauseGroup("4.4 Secrets", {
      "4.4.1": { title: "Secrets as files, not as environment variables", follows: ["5.4.1"] },
      "4.4.2": { title: "Secrets in an external store", follows: ["5.4.2"] },
    }),
    ...clauseGroup("4.5 General", {
      "4.5.1": { title: "Namespaces draw administrative bounds", follows: ["5.6.1"], rest: BOUNDS_REST },
      "4.5.2": { title: "The default namespace is not used", follows: ["5.6.4"] },
    }),
    ...clauseGroup(
      "5.1 Images and registries",
      {
        "5.1.1": "Images are scanned, by ECR or another scanner",
        "5.1.2": "Few people can change ECR",
        "5.1.3": "The cluster may only read ECR",
        "5.1.4": { title: "Approved registries only", gap: null, controls: ["image-registry-untrusted", "image-registry-policy-enforced"] },
      },
      NEEDS_PROVIDER,
    ),
    ...clauseGroup("5.2 Identities", {
      "5.2.1": {
        title: "One cloud identity for each workload",
        controls: ["cloud-workload-identity", "cloud-static-credentials", "cloud-default-sa-cloud-role", "cloud-shared-cloud-role"],
        rest: PROVIDER_REST,
      },
    }),
    ...clauseGroup("5.3 Keys", { "5.3.1": "Secrets are encrypted with a key of your own" }, NEEDS_PROVIDER),
    ...clauseGroup(
      "5.4 Network of the cluster",
      {
        "5.4.1": "Few networks reach the API server",
        "5.4.2": "The API server has a private endpoint and no public one",
        "5.4.3": { title: "Nodes have no public addresses", gap: null, controls: ["cloud-node-public-ip"] },
        "5.4.4": {
          title: "Load balancers speak TLS",
          gap: null,
          controls: ["lb-tls", "ingress-without-tls", "gateway-plaintext-listener", "route-without-tls"],
        },
      },
      NEEDS_PROVIDER,
    ),
    ...clauseGroup("5.5 Sign-in", {
      "5.5.1": { title: "Access entries instead of the aws-auth ConfigMap", controls: ["eks-aws-auth-in-use", "eks-aws-auth-privileged"], rest: PROVIDER_REST },
    }),
  ],
};
