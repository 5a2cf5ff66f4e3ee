import type { JsonRecord } from "../model/json";
import { DEFAULT_SETTINGS } from "./inventory";
import { createInventoryBuilder } from "./inventory-builder";
import { SLICE_KINDS } from "./slices";
import { pod } from "./testing";
import type { Workload } from "./workloads/workload";
import { WORKLOAD_KINDS } from "./workloads/workload-kind";

interface Given {
  readonly isComplete?: boolean;
  readonly missing?: readonly string[];
  /** Of manifests, whose bodies stay in memory anyway. */
  readonly codec?: "as-it-is";
}

export function buildFrom(objects: readonly JsonRecord[], { isComplete = true, missing = [], codec }: Given = {}) {
  const facts = { isComplete, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const builder = createInventoryBuilder({ ...facts, ...(codec && { codec }) });
  for (const kind of [...Object.values(SLICE_KINDS).flat(), ...WORKLOAD_KINDS]) builder.markRead(kind);
  for (const kind of missing) builder.markMissing(kind, `${kind} objects may not be listed.`);
  for (const object of objects) builder.add(object);
  return builder.finish();
}

export function rootsOf(objects: readonly JsonRecord[], given?: Given): readonly Workload[] {
  const { workloads } = buildFrom(objects, given).slices;
  return workloads.state === "read" ? workloads.items : [];
}

export function ownedBy(kind: string, name: string, apiVersion = "apps/v1"): JsonRecord {
  return { ownerReferences: [{ apiVersion, kind, name, controller: true, uid: "u" }] };
}

/** A live pod, by default of a moment of its own. */
export function podOf(kind: string, owner: string, name: string, more: JsonRecord = {}, apiVersion = "apps/v1"): JsonRecord {
  return pod({
    name,
    labels: { app: "app" },
    metadata: { ...ownedBy(kind, owner, apiVersion), creationTimestamp: "2026-11-20T00:00:00Z" },
    status: { phase: "Running" },
    ...more,
  });
}

/** What the API server gives a pod that does not refuse it. */
export const TOKEN_VOLUME: JsonRecord = {
  name: "kube-api-access-x7k2p",
  projected: { defaultMode: 420, sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: "token" } }] },
};
export const TOKEN_MOUNT: JsonRecord = { name: "kube-api-access-x7k2p", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount", readOnly: true };
