import { type AgentCoverage, coverageOf, findAgents, type FoundAgent } from "../inventory/workloads/find-agents";
import { isRunningView } from "../inventory/workloads/running-workloads";
import type { Context } from "../inventory/view";
import { joinWords } from "../model/join-words";
import { notApplicable, type Outcome, weakness } from "./define";

/** Share of the nodes on which an agent must run; the rest are nodes that come and go. */
const ENOUGH = 0.9;

const NAMED_NODES = 10;

/** On how many machines it runs: " on 1 of 2 nodes". */
function sayCoverage({ covered, machines }: AgentCoverage): string {
  return ` on ${covered} of ${machines} ${machines === 1 ? "node" : "nodes"}`;
}

/** Of pods that are there and do not work. */
function sayIdle({ workload: { livePods, ready } }: FoundAgent): string {
  const idle = ready === null ? 0 : livePods - ready.pods;
  return idle === 0 ? "" : ` ${idle} of its ${livePods} ${livePods === 1 ? "pod" : "pods"} ${idle === 1 ? "is" : "are"} not ready.`;
}

/** Passes when an agent of one of these kinds runs as a DaemonSet on nearly every node, or several do between them; `absent` says that none does. */
export function judgeNodeAgents(known: Parameters<typeof findAgents>[1], context: Context<"workloads" | "nodes">, absent: string): Outcome {
  const { workloads, nodes } = context.slices;
  if (workloads.length === 0) return notApplicable("Nothing runs here.");
  const agents = findAgents(context, known).filter(({ workload }) => workload.ref.kind === "DaemonSet");
  if (agents.length === 0) return [weakness("", undefined, absent)];
  const isRunning = context.view(isRunningView);
  const isEnough = (some: readonly FoundAgent[]): boolean => {
    const coverage = coverageOf(some, nodes);
    return coverage === null ? some.some(({ workload }) => isRunning(workload)) : coverage.covered >= coverage.machines * ENOUGH;
  };
  const full = agents.find((agent) => isEnough([agent]));
  const between = full ? [full] : isEnough(agents) ? agents : null;
  if (between)
    return {
      state: "pass",
      notes: between.map((agent) => {
        const coverage = coverageOf([agent], nodes);
        const { name, workload } = agent;
        const message = `${name} runs as DaemonSet ${workload.ref.namespace}/${workload.ref.name}${coverage ? sayCoverage(coverage) : ""}.`;
        return weakness("", name, message, { object: workload.ref });
      }),
    };
  return agents.map((agent) => {
    const coverage = coverageOf([agent], nodes);
    const missing = coverage && coverage.without.length > 0 ? ` Not on ${joinWords(coverage.without, NAMED_NODES)}.` : "";
    return weakness("", agent.name, `${agent.name} runs${coverage ? sayCoverage(coverage) : " nowhere"}.${missing}${sayIdle(agent)}`, {
      object: agent.workload.ref,
    });
  });
}
