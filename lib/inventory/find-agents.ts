import { records, text } from "../model/json";
import { isVirtualNode } from "./cloud-provider";
import type { Agent } from "./data/agents";
import { parseImageReference } from "./image-reference";
import type { KubeObject } from "./kube-object";
import type { Workload } from "./workload";

export interface FoundAgent {
  readonly name: string;
  readonly workload: Workload;
}

function satisfies(agent: Agent, workload: Workload): boolean {
  const { needs } = agent;
  if (!needs) return true;
  const pod = workload.views()[0];
  if (!pod) return false;
  const containerTexts = pod.containers.flatMap((container) => [
    container.name,
    ...records(container.spec.env)
      .filter((entry) => entry.value !== "false")
      .map((entry) => text(entry.name) ?? ""),
    ...records(container.spec.volumeMounts).map((mount) => text(mount.mountPath) ?? ""),
    ...[container.spec.args, container.spec.command].flatMap((part) => (Array.isArray(part) ? part.map(String) : [])),
  ]);
  return [workload.ref.name, ...containerTexts].some((item) => needs.test(item));
}

function imagesOf(workload: Workload): readonly string[] {
  const containers = workload.views()[0]?.containers ?? [];
  return containers
    .filter((container) => container.list === "containers")
    .flatMap((container) => parseImageReference(text(container.spec.image) ?? "")?.path ?? []);
}

/** The workloads that run one of the agents. */
export function findAgents(workloads: readonly Workload[], agents: readonly Agent[]): readonly FoundAgent[] {
  return workloads
    .filter((workload) => !workload.isFinished && !workload.isDormant)
    .flatMap((workload) => {
      const images = imagesOf(workload);
      const agent = agents.find(({ image }) => images.some((path) => image.test(path)));
      return agent && satisfies(agent, workload) ? [{ name: agent.name, workload }] : [];
    });
}

/** How many of the machines of a cluster a DaemonSet runs on; null when no machine was read. */
export function coverageOf(
  { workload }: FoundAgent,
  nodes: readonly KubeObject[],
): { readonly covered: number; readonly machines: number; readonly without: readonly string[] } | null {
  const machines = nodes.filter((node) => !isVirtualNode(node));
  if (machines.length === 0) return null;
  const names = new Set(workload.nodeNames);
  const without = names.size > 0 && names.size < 50 ? machines.map((node) => node.ref.name).filter((name) => !names.has(name)) : [];
  return { covered: Math.min(workload.livePods, machines.length), machines: machines.length, without };
}
