import { apiGroup } from "../../model/resource-ref";
import { amount, record, text } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";
import type { Workload } from "./workload";
import { toWorkloadKind } from "./workload-kind";

/** How many pods a workload is kept at, at least, and the field that says so. */
export interface ReplicaFloor {
  /** null = in this part of a cluster nothing tells: an autoscaler elsewhere may. */
  readonly replicas: number | null;
  /** "" = no field says so: the pods that are there were counted. */
  readonly path: string;
  /** The field says so itself: else it is the default. */
  readonly isSet: boolean;
  /** What scales it; null = the workload itself says. */
  readonly scaler: KubeObject | null;
  /** What would hold without that field; left out = it is the one that says how many. */
  readonly otherwise?: { readonly replicas: number; readonly path: string };
}

/** Fields of the kinds that scale others, with what they mean where the field is not set. */
const SCALERS: Readonly<Record<string, { readonly field: string; readonly unset: number }>> = {
  HorizontalPodAutoscaler: { field: "minReplicas", unset: 1 },
  ScaledObject: { field: "minReplicaCount", unset: 0 },
};

/** Annotations by which KEDA leaves what it scales as it is, or at a number, until somebody takes them away. The number goes before. */
const PAUSED = "autoscaling.keda.sh/paused";
const PAUSED_AT = "autoscaling.keda.sh/paused-replicas";

/** At what a scaler keeps the number while nothing happens, or is paused; null = it is paused, and leaves the number to whoever sets it. */
function ofScaler(scaler: KubeObject, { field, unset }: { readonly field: string; readonly unset: number }): ReplicaFloor | null {
  const spec = record(scaler.body.spec);
  const least = amount(spec[field]);
  const floor = { replicas: least ?? unset, path: `spec.${field}` };
  if (scaler.ref.kind !== "ScaledObject") return { ...floor, isSet: least !== undefined, scaler };
  const held = scaler.annotations[PAUSED_AT];
  if (held !== undefined && /^\d+$/.test(held)) return { replicas: Number(held), path: `metadata.annotations["${PAUSED_AT}"]`, isSet: true, scaler };
  if (scaler.annotations[PAUSED] === "true") return null;
  const idle = amount(spec.idleReplicaCount);
  if (idle !== undefined) return { replicas: idle, path: "spec.idleReplicaCount", isSet: true, scaler, otherwise: floor };
  return { ...floor, isSet: least !== undefined, scaler };
}

function targetOf({ ref, body }: KubeObject): string {
  const { apiVersion, kind, name } = record(record(body.spec).scaleTargetRef);
  const group = apiGroup({ apiVersion: text(apiVersion) || "apps/v1" });
  return `${group}/${text(kind) || "Deployment"}/${ref.namespace}/${text(name) ?? ""}`;
}

/** Kinds that are told how many pods to keep. */
const COUNTED = new Set(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]);

/** A custom owner (a Rollout) is told in its manifest; in a cluster, where it is not read, its pods are counted. */
function ofCustom({ isSynthetic, livePods, object }: Workload): Omit<ReplicaFloor, "scaler"> {
  if (isSynthetic) return { replicas: livePods > 0 ? livePods : null, path: "", isSet: false };
  const replicas = amount(record(object().spec).replicas);
  return { replicas: replicas ?? null, path: "spec.replicas", isSet: replicas !== undefined };
}

/** Null for kinds that keep no number of pods. Of autoscalers, clusters are asked for those of KEDA alone: the count is always set there, by others as well. */
export const replicaFloorView = defineView({
  reads: ["companions", "operated"],
  compute: ({ slices, isComplete }): ((workload: Workload) => ReplicaFloor | null) => {
    const scalers = new Map(
      [...slices.companions, ...slices.operated].filter(({ ref }) => Object.hasOwn(SCALERS, ref.kind)).map((scaler) => [targetOf(scaler), scaler]),
    );
    return (workload) => {
      const { ref, object } = workload;
      const isCustom = toWorkloadKind(apiGroup(ref), ref.kind) === null && ref.kind !== "StaticPod";
      if (!isCustom && !COUNTED.has(ref.kind)) return null;
      const scaler = scalers.get(`${apiGroup(ref)}/${ref.kind}/${ref.namespace}/${ref.name}`);
      const scale = scaler && SCALERS[scaler.ref.kind];
      const scaled = scaler && scale ? ofScaler(scaler, scale) : null;
      if (scaled) return scaled;
      if (isCustom) return { ...ofCustom(workload), scaler: null };
      const replicas = amount(record(object().spec).replicas);
      return { replicas: replicas ?? (isComplete ? 1 : null), path: "spec.replicas", isSet: replicas !== undefined, scaler: null };
    };
  },
});
