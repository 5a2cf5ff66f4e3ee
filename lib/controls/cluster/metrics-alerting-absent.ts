import { ALERTERS, METRIC_STORES } from "../../inventory/data/agents";
import { findAgents } from "../../inventory/workloads/find-agents";
import { isRunningView } from "../../inventory/workloads/running-workloads";
import { containersCommand } from "../containers-command";
import { defineControl, notApplicable, type Outcome, weakness } from "../define";

export default defineControl({
  id: "metrics-alerting-absent",
  layer: "cluster",
  severity: "low",
  title: "Metrics are collected and alerts are raised",
  failure: "has no metrics, or nothing that raises alerts",
  why: "A mining pod shows as load that nobody ordered, an attack on the API as a rise in refused requests. Without metrics and alerts both go unseen.",
  action: "Collect metrics and raise alerts",
  fix: "Run Prometheus with Alertmanager, or the agent of a monitoring service, and alert on load, restarts and refused requests.",
  verify: `${containersCommand(".image")} | grep -E 'prometheus|alertmanager|/vm(agent|alert|single|storage)|victoria-metrics|mimir|grafana|datadog|newrelic|dynatrace|cloudwatch-agent|ciprod'`,
  lookFor:
    "No output: no monitoring that is known. A program that collects metrics is not enough: another must raise alerts, as Alertmanager, vmalert and Grafana do.",
  tips: ["S6"],
  frameworks: { nsa: ["TD", "LO"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-usage-monitoring/", "https://prometheus.io/docs/alerting/latest/overview/"],
  subject: "cluster",
  reads: ["workloads"],
  wholeCluster: "always",
  check: (_cluster, context): Outcome => {
    if (context.slices.workloads.length === 0) return notApplicable("Nothing runs here.");
    const isRunning = context.view(isRunningView);
    const stores = findAgents(context, METRIC_STORES);
    const alerters = findAgents(context, ALERTERS);
    const [store, alerter] = [stores, alerters].map((agents) => agents.find(({ workload }) => isRunning(workload)));
    const idle = [!store && stores[0], !alerter && alerters[0]].flatMap((agent) => agent || []);
    if (idle.length > 0)
      return idle.map(({ name, workload }) => weakness("", name, `${name} is here, but none of its pods is ready.`, { object: workload.ref }));
    if (!store) return [weakness("", undefined, "Nothing that we know collects metrics.")];
    if (!alerter) return [weakness("", store.name, `${store.name} collects metrics, but nothing that we know raises alerts.`, { object: store.workload.ref })];
    return {
      state: "pass",
      notes: [store, alerter].map(({ name, workload }) =>
        weakness("", name, `${name} runs as ${workload.ref.namespace}/${workload.ref.name}.`, { object: workload.ref }),
      ),
    };
  },
  remedy: null,
});
