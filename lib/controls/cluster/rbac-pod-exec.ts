import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, rate } from "../../graph/rbac/judge-capability";
import { takeAway } from "../../graph/rbac/take-away";
import { isGetEnough } from "../../graph/rbac/rights-asks";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

export default defineControl({
  id: "rbac-pod-exec",
  layer: "cluster",
  severity: "high",
  title: "Few identities get a shell in running pods",
  failure: "can execute in, attach to or reach ports of pods through the API server",
  why: "A shell in a pod has all that the pod has: its token, its mounted Secrets, its network access. What is typed there does not appear in the audit log. A port that is forwarded, or reached by a proxy, is reached past every NetworkPolicy.",
  action: "Take away rights to execute in pods",
  fix: "Remove pods/exec, pods/attach, pods/portforward, pods/proxy and services/proxy from the role. Where people need them in emergencies, bind them for the hour and log it.",
  verify: "kubectl auth can-i create pods --subresource=exec -A --as=USER",
  lookFor: rightLookFor("pods/attach, pods/portforward, pods/proxy and services/proxy count too."),
  tips: ["S3"],
  frameworks: { nsa: ["RB"], mitre: ["T1609", "T1059.013"], mstm: ["MS-TA9006", "MS-TA9007", "MS-TA9041"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck((grants, context) => {
    const verbs = isGetEnough(context.kubeVersion) ? ["create", "get"] : ["create"];
    const shells = findHeldRights(grants, [{ verbs, group: "", resources: ["pods/exec", "pods/attach"] }]);
    const forwards = findHeldRights(grants, [
      { verbs, group: "", resources: ["pods/portforward"] },
      { verbs: ["create", "get"], group: "", resources: ["pods/proxy", "services/proxy"] },
    ]);
    return [...rate(shells, context, ["high", "high", "medium"]), ...rate(forwards, context, ["medium", "medium", "low"])];
  }),
  remedy: takeAway,
});
