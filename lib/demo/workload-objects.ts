import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import { hash, toObject, toOwner, toSuffix } from "./kubernetes-object";
import { DEMO_NODES, nodeOf } from "./node-names";
import { isSecured, lot, toPodSpec } from "./pod-spec";
import type { DemoTeam, DemoWorkload } from "./teams";

/** Live pods that the demo shows of one workload; more would say nothing new. */
const PODS = 2;

export interface DemoMoment {
  readonly day: number;
  /** ISO instant of a day. */
  readonly instantOf: (day: number) => string;
}

function lastChangeDay(team: DemoTeam, workload: DemoWorkload, day: number): number {
  const now = JSON.stringify(toPodSpec(team, workload, day));
  let changed = day;
  while (changed > 0 && JSON.stringify(toPodSpec(team, workload, changed - 1)) === now) changed -= 1;
  return changed;
}

function toPods(owner: JsonRecord, template: JsonRecord, team: DemoTeam, count: number, moment: DemoMoment, ownedAt: string): JsonRecord[] {
  const metadata = owner.metadata as { readonly name: string }; // safe: made by toObject
  return Array.from({ length: Math.min(PODS, count) }, (_, i) => {
    const node = nodeOf(lot(`${metadata.name} ${i}`) % DEMO_NODES, moment.day);
    const madeAt = moment.instantOf(node.sinceDay);
    const createdAt = madeAt > ownedAt ? madeAt : ownedAt;
    const name = `${metadata.name}-${owner.kind === "StatefulSet" ? i : toSuffix(`${metadata.name} ${i} ${node.name}`, 5)}`;
    const { metadata: podMeta, spec } = template as { readonly metadata: { readonly labels: Record<string, string> }; readonly spec: JsonRecord };
    const pod = {
      spec: { ...spec, nodeName: node.name },
      status: { phase: "Running", podIP: `10.0.${lot(name)}.${10 + i}` },
    };
    return toObject("v1", "Pod", { name, namespace: team.namespace, labels: podMeta.labels, ownerReferences: [toOwner(owner)], createdAt }, pod);
  });
}

function toDeployment(team: DemoTeam, workload: DemoWorkload, moment: DemoMoment, meta: Parameters<typeof toObject>[2], template: JsonRecord): JsonRecord[] {
  const selector = { matchLabels: { app: workload.name } };
  const deployment = toObject("apps/v1", "Deployment", meta, { spec: { replicas: workload.replicas, selector, template } });
  const revision = hash(JSON.stringify(template)).slice(0, 9);
  const replicaSet = toObject(
    "apps/v1",
    "ReplicaSet",
    {
      name: `${workload.name}-${revision}`,
      namespace: team.namespace,
      labels: { app: workload.name },
      ownerReferences: [toOwner(deployment)],
      createdAt: meta.createdAt,
    },
    { spec: { replicas: workload.replicas, selector, template }, status: { replicas: workload.replicas } },
  );
  return [deployment, replicaSet, ...toPods(replicaSet, template, team, workload.replicas, moment, meta.createdAt)];
}

/** A workload with its controllers' children on a day. */
export function toWorkloadObjects(team: DemoTeam, workload: DemoWorkload, moment: DemoMoment): JsonRecord[] {
  const changedAt = moment.instantOf(lastChangeDay(team, workload, moment.day));
  const labels = {
    app: workload.name,
    team: team.team,
    ...(team.helm && { "app.kubernetes.io/managed-by": "Helm", "app.kubernetes.io/instance": team.namespace }),
  };
  const manager = { name: team.helm ? "helm" : isSecured(team, workload, moment.day) ? "argocd-controller" : "kubectl-client-side-apply", at: changedAt };
  const annotations = team.helm ? { "meta.helm.sh/release-name": team.namespace, "meta.helm.sh/release-namespace": team.namespace } : {};
  const meta = { name: workload.name, namespace: team.namespace, labels, annotations, manager, createdAt: moment.instantOf(-40) };
  const template = { metadata: { labels: { app: workload.name, team: team.team } }, spec: toPodSpec(team, workload, moment.day) };
  if (workload.kind === "Deployment") return toDeployment(team, workload, moment, meta, template);
  if (workload.kind === "CronJob") {
    const job = { spec: { backoffLimit: 2, template: { ...template, spec: { ...template.spec, restartPolicy: "OnFailure" } } } };
    return [toObject("batch/v1", "CronJob", meta, { spec: { schedule: `${lot(workload.name) % 60} 2 * * *`, concurrencyPolicy: "Forbid", jobTemplate: job } })];
  }
  const spec = {
    selector: { matchLabels: { app: workload.name } },
    template,
    ...(workload.kind === "StatefulSet" && { replicas: workload.replicas, serviceName: workload.name }),
  };
  const owner = toObject("apps/v1", workload.kind, meta, { spec });
  return [owner, ...toPods(owner, template, team, workload.replicas, moment, changedAt)];
}
