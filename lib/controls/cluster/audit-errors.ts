import { flag } from "../../model/json";
import { apiServerAnswer } from "../api-server-answer";
import { defineControl, unknown, weakness } from "../define";

export default defineControl({
  id: "audit-errors",
  layer: "cluster",
  severity: "medium",
  title: "The API server loses no audit events",
  failure: "fails to write audit events",
  why: "An audit event that could not be written is a hole in the record, and an attacker can make such holes on purpose.",
  action: "Find out why audit events are lost",
  fix: "Look in the log of the API server for why writing fails: a full disk, a webhook that does not answer, a buffer that is too small.",
  verify: "kubectl get --raw /metrics | grep '^apiserver_audit_error_total'",
  lookFor: "A number above 0. No output: no error was counted since the API server started.",
  tips: ["S6"],
  frameworks: { nsa: ["LO"], mitre: ["T1562.008"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/"],
  subject: "cluster",
  reads: ["apiServerMetrics"],
  check: (_cluster, context) =>
    apiServerAnswer(context.slices.apiServerMetrics, ({ body, ref: object }) => {
      if (flag(body.hasAuditErrors) === true) return [weakness("hasAuditErrors", true, "Since it started, some events could not be written.", { object })];
      // The count of errors is not there before the first of them.
      return flag(body.hasAuditEvents) === true ? [] : unknown("This API server has counted no audit event since it started, so none that was lost.");
    }),
  remedy: null,
});
