import { type JsonRecord, isRecord } from "../model/json";
import { keepEndedRuns } from "./workloads/debug-runs";
import { keepJobEnd } from "./workloads/job-end";

/** Written by `kubectl apply` itself, and by no hand: its copy of the whole object. */
export const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/** Annotations in which tools keep a copy of the whole object, some of them packed: none says anything that the object does not. */
export const COPIES: readonly string[] = [LAST_APPLIED, "objectset.rio.cattle.io/applied", "kapp.k14s.io/original", "banzaicloud.com/last-applied"];

function omit(value: JsonRecord, keys: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Leaves out what changes without meaning anything (versions, managers), and tools' copies of the whole object. */
function trimMetadata(body: JsonRecord): JsonRecord {
  if (!isRecord(body.metadata)) return body;
  const metadata: Record<string, unknown> = { ...omit(body.metadata, ["managedFields", "resourceVersion", "generation", "selfLink"]) };
  const { annotations } = metadata;
  if (isRecord(annotations) && COPIES.some((name) => name in annotations)) metadata.annotations = omit(annotations, COPIES);
  return { ...body, metadata };
}

/** A root as it is kept: of its status, controls of workloads read only how debug containers of a pod ended, and whether a Job did. */
export function trimWorkload(body: JsonRecord): JsonRecord {
  const status = body.kind === "Pod" ? keepEndedRuns(body.status) : body.kind === "Job" ? keepJobEnd(body.status) : undefined;
  const trimmed = omit(trimMetadata(body), ["status"]);
  return status ? { ...trimmed, status } : trimmed;
}

/** Of a Secret only that it is there, and of which type: no key, no value. */
function toSecretMetadata(body: JsonRecord): JsonRecord {
  return {
    apiVersion: body.apiVersion ?? "v1",
    kind: "Secret",
    ...(body.type !== undefined && { type: body.type }),
    ...(isRecord(body.metadata) && { metadata: body.metadata }),
  };
}

/** What changes all the time in the status of a node: what is on it, and no control asks for. */
export const LEFT_OUT_OF_NODE_STATUS: readonly string[] = ["images", "volumesInUse", "volumesAttached"];

const HEARTBEATS = ["lastHeartbeatTime", "lastProbeTime"];

/** Other objects keep their status, but not a node's image list and heartbeats. */
export function trimObject(body: JsonRecord): JsonRecord {
  const trimmed = trimMetadata(body);
  if (trimmed.kind === "Secret") return toSecretMetadata(trimmed);
  if (trimmed.kind !== "Node" || !isRecord(trimmed.status)) return trimmed;
  const status: Record<string, unknown> = { ...omit(trimmed.status, LEFT_OUT_OF_NODE_STATUS) };
  if (Array.isArray(status.conditions)) status.conditions = status.conditions.map((item: unknown) => (isRecord(item) ? omit(item, HEARTBEATS) : item));
  return { ...trimmed, status };
}
