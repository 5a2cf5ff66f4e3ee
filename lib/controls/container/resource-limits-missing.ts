import { containerLabel } from "../../inventory/workloads/container-label";
import { comesTooLate, findLimit, listLastingContainers, type ResourceName } from "../../inventory/workloads/container-resources";
import { limitRangeDefaults } from "../../inventory/workloads/limit-range-defaults";
import { isAmountSet, parseQuantity } from "../../inventory/values/quantity";
import { record } from "../../model/json";
import { judgeContainers } from "../../pod-security/judge-check";
import { answerMissingAmounts } from "../amount-answer";
import { containersCommand, LASTING } from "../containers-command";
import { defineControl, weakness } from "../define";
import { set } from "../remedies/ops";

/** The higher of two amounts; the second where the first is none. */
function higher(amount: unknown, other: unknown): unknown {
  return (parseQuantity(amount) ?? 0) > (parseQuantity(other) ?? 0) ? amount : other;
}

const PLACEHOLDERS = { memory: "256Mi", cpu: "500m", "ephemeral-storage": "1Gi" } as const;

export default defineControl({
  id: "resource-limits-missing",
  layer: "container",
  severity: "medium",
  title: "Containers have a memory limit",
  failure: "has no memory limit",
  why: "One leaking or attacked process can use up the node's memory and push its neighbours out. Without a limit, nothing stops it before the node itself runs short.",
  action: "Set memory limits",
  fix: "Set `resources.limits.memory` to the process's peak plus a margin (too low, and it is killed): on the container, on the whole pod (from Kubernetes 1.34 on), or through a LimitRange in the namespace.",
  verify: `${containersCommand(".resources.limits.memory", { pod: ".spec.resources.limits.memory" }, LASTING)} | grep -E ' pod=0? (.* )?[^ =]+=0?( |$)'`,
  lookFor:
    "A container with nothing or 0 after its name, where `pod=` has no more; other pods are left out. A LimitRange may set a limit, which then shows here. Where the settings ask for a limit of CPU too, look for it in the pod: it is not shown.",
  tips: ["S2"],
  frameworks: { nsa: ["RP"], mitre: ["T1499", "T1496"], mstm: ["MS-TA9040", "MS-TA9039"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/", "https://kubernetes.io/docs/concepts/policy/limit-range/"],
  subject: "workload",
  reads: ["limitRanges"],
  wholeCluster: "fail",
  check: ({ workload, pod }, context) => {
    const names: readonly ResourceName[] = context.settings.requireCpuLimit ? ["memory", "cpu"] : ["memory"];
    const containers = listLastingContainers(pod);
    const missing = containers.flatMap((container) =>
      names
        .filter((name) => findLimit(name, container, workload, pod, context) === null)
        .map((name) => {
          const value = record(record(container.spec.resources).limits)[name];
          const why = comesTooLate("limits", name, container, workload, context) ? ": its pods were made before the LimitRange that gives one" : "";
          return weakness(container.at(`resources.limits.${name}`), value, `Container ${containerLabel(container)} has no ${name} limit${why}.`, {
            container: container.name,
            on: containerLabel(container),
            hint: name,
          });
        }),
    );
    const answer = answerMissingAmounts(missing);
    if (answer) return answer;
    const unreadable = judgeContainers(pod);
    if ("state" in unreadable) return unreadable;
    const given = containers.filter((container) => names.some((name) => findLimit(name, container, workload, pod, context) === "limit-range"));
    if (given.length === 0) return [];
    const notes = given.map((container) =>
      weakness(container.at("resources.limits"), undefined, `Container ${containerLabel(container)} gets its limit from a LimitRange.`, {
        container: container.name,
      }),
    );
    return { state: "pass", notes };
  },
  remedy: ({ workload, pod, containers }, weaknesses, context) => {
    const given = context.view(limitRangeDefaults).get(workload.ref.namespace ?? "");
    const owners = new Map(
      containers.flatMap((container) => (["cpu", "memory"] as const).map((name) => [container.at(`resources.limits.${name}`), container] as const)),
    );
    const ops = weaknesses.map(({ path, hint }) => {
      const name = hint === "cpu" ? "cpu" : "memory";
      const request = record(record(owners.get(path)?.spec.resources).requests)[name];
      // The limit of a container is its request too where it has none, and the API takes no more of these than the pod as a whole requests.
      if (request === undefined && isAmountSet(record(record(pod.spec.resources).requests)[name])) return null;
      const { limits, requests } = given ?? { limits: {}, requests: {} };
      const fitting = isAmountSet(limits[name]) ? limits[name] : higher(requests[name], PLACEHOLDERS[name]);
      return set(path, higher(request, fitting));
    });
    const safe = ops.filter((op) => op !== null);
    if (safe.length < ops.length) return null;
    return { ops: safe, risk: "may-break", note: "The amounts are placeholders: take the peak of the process plus a margin." };
  },
});
