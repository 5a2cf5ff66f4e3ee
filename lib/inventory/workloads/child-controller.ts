import { type JsonRecord, dig, record, text } from "../../model/json";
import { apiGroup, type ResourceRef } from "../../model/resource-ref";
import { findAskedSlice } from "../slice-kind";
import { findOwner, type OwnerLink } from "./owner-link";
import type { RootRecord } from "./root-record";
import type { WorkloadKind } from "./workload-kind";

/** Kinds that another object may make for itself: a Deployment its ReplicaSets, a CronJob its Jobs. */
const CHILD_KINDS = ["ReplicaSet", "ReplicationController", "Job"] as const satisfies readonly WorkloadKind[];
type ChildKind = (typeof CHILD_KINDS)[number];

export function toChildKind(kind: WorkloadKind): ChildKind | null {
  return CHILD_KINDS.find((child) => child === kind) ?? null;
}

/** A ReplicaSet or Job with its owner; `record` is there when it may become a root itself. */
export interface ChildController {
  readonly kind: ChildKind;
  readonly ref: ResourceRef;
  readonly owner: OwnerLink | null;
  readonly record: RootRecord | null;
  /** Scaled to zero, with no pods left: an old revision. */
  readonly isHistory: boolean;
  readonly revision: string;
  readonly revisionNumber: number;
  readonly createdAt: string;
}

export function isHistoryOf(kind: ChildKind, body: JsonRecord): boolean {
  return kind !== "Job" && dig(body, "spec", "replicas") === 0 && (dig(body, "status", "replicas") ?? 0) === 0;
}

/** What is read under its own kind is no root of pods as well: the Job of a KeycloakRealmImport stands by itself. */
function findRootAbove(metadata: JsonRecord): OwnerLink | null {
  const owner = findOwner(metadata);
  return owner && findAskedSlice(apiGroup(owner), owner.kind) !== null ? null : owner;
}

export function toChildController(kind: ChildKind, ref: ResourceRef, body: JsonRecord, kept: RootRecord | null): ChildController {
  const metadata = record(body.metadata);
  return {
    kind,
    ref,
    owner: findRootAbove(metadata),
    record: kept,
    isHistory: isHistoryOf(kind, body),
    revision: text(dig(metadata, "labels", "pod-template-hash")) ?? "",
    revisionNumber: Number(dig(metadata, "annotations", "deployment.kubernetes.io/revision") ?? 0) || 0,
    createdAt: text(metadata.creationTimestamp) ?? "",
  };
}
