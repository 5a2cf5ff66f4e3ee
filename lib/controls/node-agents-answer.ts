import { coverageOf, findAgents } from "../inventory/find-agents";
import type { Context } from "../inventory/view";
import { nameSome } from "../model/name-some";
import { notApplicable, type Outcome, weakness } from "./define";

/** Share of the nodes on which an agent must run; the rest are nodes that come and go. */
const ENOUGH = 0.9;

const NAMED_NODES = 10;

/** On how many machines it runs: " on 1 of 2 nodes". */
function sayCoverage({ covered, machines }: { readonly covered: number; readonly machines: number }): string {
  return ` on ${covered} of ${machines} ${machines === 1 ? "node" : "nodes"}`;
}

/** Passes when an agent of one of these kinds runs as a DaemonSet on nearly every node; `absent` says that none does. */
export function judgeNodeAgents(known: Parameters<typeof findAgents>[1], context: Context<"workloads" | "nodes">, absent: string): Outcome {
  const { workloads, nodes } = context.slices;
  if (workloads.length === 0) return notApplicable("Nothing runs here.");
  const agents = findAgents(context, known).filter(({ workload }) => workload.ref.kind === "DaemonSet");
  if (agents.length === 0) return [weakness("", undefined, absent)];
  const measured = agents.map((agent) => ({ agent, coverage: coverageOf(agent, nodes) }));
  const full = measured.find(({ coverage }) => coverage === null || coverage.covered >= coverage.machines * ENOUGH);
  if (full)
    return {
      state: "pass",
      notes: [
        weakness(
          "",
          full.agent.name,
          `${full.agent.name} runs as DaemonSet ${full.agent.workload.ref.namespace}/${full.agent.workload.ref.name}${full.coverage ? sayCoverage(full.coverage) : ""}.`,
          { object: full.agent.workload.ref },
        ),
      ],
    };
  return measured.map(({ agent, coverage }) => {
    const missing = coverage && coverage.without.length > 0 ? ` Not on ${nameSome(coverage.without, NAMED_NODES)}.` : "";
    return weakness("", agent.name, `${agent.name} runs${coverage ? sayCoverage(coverage) : ""}.${missing}`, {
      object: agent.workload.ref,
    });
  });
}
