import { flag } from "../../model/json";
import { apiServerAnswer } from "../api-server-answer";
import { defineControl, unknown, weakness } from "../define";

export default defineControl({
  id: "audit-events-observed",
  layer: "cluster",
  severity: "high",
  title: "The API server writes audit events",
  failure: "writes no audit events",
  why: "Without audit events nobody can tell afterwards who read a Secret, who made a binding, and when.",
  action: "Let the API server write audit events",
  fix: "Give the API server an --audit-policy-file and a log or webhook to write to; on a managed service, switch on the audit log of the control plane.",
  verify: "kubectl get --raw /metrics | grep '^apiserver_audit_event_total'",
  lookFor: "0, though the API server has answered many requests: no audit event is written.",
  tips: ["S6"],
  frameworks: { cis: ["1.2.16", "3.2.1"], nsa: ["LO"], mitre: ["T1562.008"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/"],
  subject: "cluster",
  reads: ["apiServerMetrics"],
  check: (_cluster, context) =>
    apiServerAnswer(context.slices.apiServerMetrics, ({ body, ref: object }) => {
      const hasEvents = flag(body.hasAuditEvents);
      if (hasEvents === undefined) return unknown("This API server does not count audit events.");
      if (hasEvents) return [];
      if (flag(body.hasManyRequests) !== true) return unknown("The API server has answered too few requests since it started to tell.");
      return [weakness("hasAuditEvents", false, "It has answered more than a thousand requests and written no event.", { object })];
    }),
  remedy: null,
});
