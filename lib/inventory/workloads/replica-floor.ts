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
}

/** Fields of the kinds that scale others, with what they mean where the field is not set. */
const SCALERS: Readonly<Record<string, { readonly field: string; readonly unset: number }>> = {
  HorizontalPodAutoscaler: { field: "minReplicas", unset: 1 },
  ScaledObject: { field: "minReplicaCount", unset: 0 },
};

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
      if (scaler && scale) {
        const least = amount(record(scaler.body.spec)[scale.field]);
        return { replicas: least ?? scale.unset, path: `spec.${scale.field}`, isSet: least !== undefined, scaler };
      }
      if (isCustom) return { ...ofCustom(workload), scaler: null };
      const replicas = amount(record(object().spec).replicas);
      return { replicas: replicas ?? (isComplete ? 1 : null), path: "spec.replicas", isSet: replicas !== undefined, scaler: null };
    };
  },
});
