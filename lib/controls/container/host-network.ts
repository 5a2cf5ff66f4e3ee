import { findHostNamespace } from "../../pod-security/checks/host-namespaces";
import { judgeRule } from "../../pod-security/judge-check";
import { podsCommand } from "../containers-command";
import { defineControl } from "../define";
import { leaveHostNetwork } from "../remedies/leave-host-network";

export default defineControl({
  id: "host-network",
  layer: "container",
  severity: "high",
  title: "Pods do not use the network of their node",
  failure: "uses the network of its node",
  why: "The pod is outside every NetworkPolicy, and reaches services on the node's loopback and the cloud identity of the node. With NET_RAW it can read its neighbours' traffic.",
  action: "Stop using the node's network",
  fix: "Remove `hostNetwork` and publish the pod through a Service. Where `dnsPolicy` is `ClusterFirstWithHostNet`, set it back to `ClusterFirst`.",
  verify: podsCommand("hostNetwork"),
  lookFor: "Each pod listed uses it. No output: none does.",
  tips: ["S4", "S2"],
  frameworks: {
    pss: ["baseline/hostNamespaces"],
    cis: ["5.2.5"],
    nsa: ["PE", "NP"],
    mitre: ["T1611", "T1552.005", "T1557"],
    owasp: ["K01", "K05"],
  },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy",
  ],
  subject: "workload",
  reads: [],
  // The API server refuses a HostProcess pod without it.
  subsumedBy: ["windows-host-process"],
  check: ({ pod }) => judgeRule(pod, (admitted) => findHostNamespace(admitted, "hostNetwork")),
  remedy: ({ pod }) => leaveHostNetwork(pod),
});
