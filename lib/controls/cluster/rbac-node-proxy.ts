import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck } from "../../graph/rbac/judge-capability";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

export default defineControl({
  id: "rbac-node-proxy",
  layer: "cluster",
  severity: "critical",
  title: "Nobody reaches the kubelet through the API server",
  failure: "reaches the kubelet API of nodes",
  why: "Through nodes/proxy a kubelet can be told to execute in any pod of its node, past admission and past the audit log. `get` is enough, because a websocket begins with a GET.",
  action: "Replace nodes/proxy by the subresource that is used",
  fix: "Replace nodes/proxy by the subresource that is used: nodes/metrics, nodes/stats or nodes/log, and from Kubernetes 1.33 on nodes/pods, nodes/healthz or nodes/configz.",
  verify: "kubectl auth can-i get nodes --subresource=proxy -A --as=USER",
  lookFor: rightLookFor(),
  tips: ["S3"],
  frameworks: { cis: ["5.1.10"], nsa: ["RB"], mitre: ["T1609", "T1613"], mstm: ["MS-TA9030", "MS-TA9041"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck((grants) =>
    findHeldRights(
      grants.filter((grant) => grant.namespace === null),
      ASKS.nodeProxy,
    ).map((right) => ({ ...right, severity: "critical" as const })),
  ),
  remedy: takeAway,
});
