import { containerLabel } from "../../inventory/workloads/container-label";
import { comesTooLate, findRequest, listLastingContainers } from "../../inventory/workloads/container-resources";
import { limitRangeDefaults } from "../../inventory/workloads/limit-range-defaults";
import { isAmountSet, parseQuantity } from "../../inventory/values/quantity";
import { record } from "../../model/json";
import { judgeContainers } from "../../pod-security/judge-check";
import { answerMissingAmounts } from "../amount-answer";
import { containersCommand, LASTING } from "../containers-command";
import { defineControl, weakness } from "../define";
import { set } from "../remedies/ops";

const NAMES = ["cpu", "memory"] as const;

const PLACEHOLDERS = { cpu: "50m", memory: "64Mi" } as const;

export default defineControl({
  id: "resource-requests-missing",
  layer: "container",
  severity: "low",
  title: "Containers request CPU and memory",
  failure: "requests no CPU or memory",
  why: "Without requests, the scheduler may place the pod on a full node, which evicts it first. A busy or hostile neighbour then decides whether it runs.",
  action: "Request CPU and memory",
  fix: "Set `resources.requests.cpu` and `.memory` to what the process usually needs. If no request is set, the limit counts as one.",
  verify: `${containersCommand(".resources.requests", { pod: ".spec.resources.requests" }, LASTING)} | grep -vE ' pod=[^ ]*( [^ ]*"cpu":"[1-9][^ ]*"memory":"[1-9][^ ]*)+$'`,
  lookFor: "A container without cpu or memory after its name, or with 0, where `pod=` has none either. Pods whose containers all have both are left out.",
  tips: ["S2"],
  frameworks: { nsa: ["RP"], mitre: ["T1499"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  subject: "workload",
  reads: ["limitRanges"],
  wholeCluster: "fail",
  check: ({ workload, pod }, context) => {
    const missing = listLastingContainers(pod).flatMap((container) =>
      NAMES.filter((name) => findRequest(name, container, workload, pod, context) === null).map((name) => {
        const value = record(record(container.spec.resources).requests)[name];
        const why = comesTooLate("requests", name, container, workload, context) ? ": its pods were made before the LimitRange that gives a request" : "";
        return weakness(container.at(`resources.requests.${name}`), value, `Container ${containerLabel(container)} requests no ${name}${why}.`, {
          container: container.name,
          on: containerLabel(container),
          hint: name,
        });
      }),
    );
    return answerMissingAmounts(missing) ?? judgeContainers(pod);
  },
  remedy: ({ workload, containers }, weaknesses, context) => {
    const owners = new Map(containers.flatMap((container) => NAMES.map((name) => [container.at(`resources.requests.${name}`), container] as const)));
    return {
      ops: weaknesses.map(({ path, hint }) => {
        const name = hint === "cpu" ? "cpu" : "memory";
        const given = context.view(limitRangeDefaults).get(workload.ref.namespace ?? "")?.requests[name];
        const amount = isAmountSet(given) ? given : PLACEHOLDERS[name];
        const limit = record(record(owners.get(path)?.spec.resources).limits)[name];
        const isLower = isAmountSet(limit) && (parseQuantity(limit) ?? 0) < (parseQuantity(amount) ?? 0);
        return set(path, isLower ? limit : amount);
      }),
      risk: "restart",
      note: "The amounts are placeholders: take what the process usually needs.",
    };
  },
});
