import { records, text } from "../../model/json";
import { isVirtualNode } from "../cloud/cloud-provider";
import type { Agent } from "../data/agents";
import { splitImageReference } from "../images/image-reference";
import type { KubeObject } from "../kube-object";
import type { Context } from "../view";
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
      const path = container.list === "containers" ? splitImageReference(text(container.spec.image) ?? "")?.path : undefined;
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

/** The machines of a cluster that programs run on. */
export interface AgentCoverage {
  readonly covered: number;
  readonly machines: number;
  /** Names of the others; none where nothing tells which they are. */
  readonly without: readonly string[];
}

/** Which machines one of these DaemonSets runs on: by its pods that are ready, or where none tells, by all; null when no machine was read. */
export function coverageOf(agents: readonly FoundAgent[], nodes: readonly KubeObject[]): AgentCoverage | null {
  const machines = nodes.filter((node) => !isVirtualNode(node)).map(({ ref }) => ref.name);
  if (machines.length === 0) return null;
  const names = new Set(agents.flatMap(({ workload }) => workload.ready?.nodeNames ?? workload.nodeNames));
  const without = machines.filter((name) => !names.has(name));
  // Pods of manifests need not name their node.
  const unplaced = agents.reduce((sum, { workload }) => sum + (workload.ready === null && workload.nodeNames.length === 0 ? workload.livePods : 0), 0);
  const covered = Math.min(machines.length - without.length + unplaced, machines.length);
  return { covered, machines: machines.length, without: names.size > 0 && unplaced === 0 ? without : [] };
}
