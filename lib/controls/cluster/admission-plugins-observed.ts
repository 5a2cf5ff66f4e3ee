import { texts } from "../../model/json";
import { apiServerAnswer } from "../api-server-answer";
import { defineControl, unknown, weakness } from "../define";

export default defineControl({
  id: "admission-plugins-observed",
  layer: "cluster",
  severity: "info",
  title: "The API server is not seen to run AlwaysAdmit",
  failure: "runs the admission plugin AlwaysAdmit",
  why: "AlwaysAdmit is a deprecated plugin that lets every object in and checks nothing. The other plugins that were called are listed as evidence; one that nothing has called yet is not counted.",
  action: "Remove the admission plugin AlwaysAdmit",
  fix: "Remove AlwaysAdmit from --enable-admission-plugins of the API server.",
  verify: "kubectl get --raw /metrics | grep -o 'apiserver_admission_controller_admission_duration_seconds_count{name=\"[A-Za-z]*\"' | sort -u",
  lookFor: "`AlwaysAdmit` among the names. A plugin that nothing has called since the API server started is not listed.",
  tips: ["S4"],
  frameworks: { cis: ["1.2.10"], nsa: ["CP"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/"],
  subject: "cluster",
  reads: ["apiServerMetrics"],
  check: (_cluster, context) =>
    apiServerAnswer(context.slices.apiServerMetrics, ({ body, ref: object }) => {
      const plugins = texts(body.admissionPlugins);
      if (plugins.length === 0) return unknown("The API server has called none of the admission plugins that are asked about since it started.");
      if (plugins.includes("AlwaysAdmit")) return [weakness("admissionPlugins", "AlwaysAdmit", "It is among the plugins that were called.", { object })];
      return { state: "pass", notes: [weakness("admissionPlugins", plugins.join(", "), "These plugins were called.", { object })] };
    }),
  remedy: null,
});
