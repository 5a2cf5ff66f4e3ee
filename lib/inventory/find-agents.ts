import { records, text } from "../model/json";
import { isVirtualNode } from "./cloud-provider";
import type { Agent } from "./data/agents";
import { parseImageReference } from "./image-reference";
import type { KubeObject } from "./kube-object";
import type { Context } from "./view";
import type { Workload } from "./workload";
import { templateContainers } from "./template-containers";
import { defineWorkloadFact } from "./workload-fact";

export interface FoundAgent {
  readonly name: string;
  readonly workload: Workload;
}

function satisfies(agent: Agent, workload: Workload): boolean {
  const { needs } = agent;
  if (!needs) return true;
  const containerTexts = templateContainers(workload).flatMap((container) => [
    container.name,
    ...records(container.spec.env)
      .filter((entry) => entry.value !== "false")
      .map((entry) => text(entry.name) ?? ""),
    ...records(container.spec.volumeMounts).map((mount) => text(mount.mountPath) ?? ""),
    ...[container.spec.args, container.spec.command].flatMap((part) => (Array.isArray(part) ? part.map(String) : [])),
  ]);
  return [workload.ref.name, ...containerTexts].some((item) => needs.test(item));
}

/** Workloads that run, by the path of each image of their containers. */
const workloadsByImageView = defineWorkloadFact({
  start: () => new Map<string, Workload[]>(),
  add: (byImage, workload, pods) => {
    if (workload.isFinished || workload.isDormant) return;
    for (const container of pods.flatMap((pod) => (pod.source === "template" ? pod.containers : []))) {
      const path = container.list === "containers" ? parseImageReference(text(container.spec.image) ?? "")?.path : undefined;
      if (path === undefined) continue;
      const known = byImage.get(path);
      if (!known) byImage.set(path, [workload]);
      else if (known.at(-1) !== workload) known.push(workload);
    }
  },
});

/** The workloads that run one of the agents, in the order of the agents' names in `agents`. */
export function findAgents({ view }: Pick<Context<"workloads">, "view">, agents: readonly Agent[]): readonly FoundAgent[] {
  const found = new Map<Workload, Agent>();
  const byImage = [...view(workloadsByImageView)];
  for (const agent of agents) {
    const workloads = byImage.filter(([path]) => agent.image.test(path)).flatMap(([, list]) => list);
    for (const workload of workloads) if (!found.has(workload)) found.set(workload, agent);
  }
  return [...found].filter(([workload, agent]) => satisfies(agent, workload)).map(([workload, { name }]) => ({ name, workload }));
}

/** How many of the machines of a cluster a DaemonSet runs on; null when no machine was read. */
export function coverageOf(
  { workload }: FoundAgent,
  nodes: readonly KubeObject[],
): { readonly covered: number; readonly machines: number; readonly without: readonly string[] } | null {
  const machines = nodes.filter((node) => !isVirtualNode(node));
  if (machines.length === 0) return null;
  const names = new Set(workload.nodeNames);
  const without = names.size > 0 ? machines.map((node) => node.ref.name).filter((name) => !names.has(name)) : [];
  return { covered: Math.min(workload.livePods, machines.length), machines: machines.length, without };
}
