import "server-only";
import type { Pool } from "pg";
import { createContext } from "@/lib/inventory/context";
import type { Settings } from "@/lib/inventory/inventory";
import { toKubeObject } from "@/lib/inventory/kube-object";
import { listWebhooks } from "@/lib/inventory/admission/security-webhook";
import { addressOf } from "@/lib/inventory/admission/webhook-address";
import { readServerArgs } from "@/lib/inventory/nodes/node-args";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import { sliceKindOf } from "@/lib/inventory/slice-kind";
import { SLICE_KINDS, type SliceName, type UnreadKind } from "@/lib/inventory/slices";
import type { Context } from "@/lib/inventory/view";
import { isLost, type KindCoverage } from "@/lib/model/coverage";
import { dig, isRecord, type JsonRecord, record, text } from "@/lib/model/json";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { listManifests } from "@/lib/store/list-manifests";
import { listWorkloadKinds } from "./list-workload-kinds";
import type { FilledReader } from "./open-reader";
import { readCoverage } from "./read-coverage";
import { heldBySettings } from "./settings-at";
import { toInventory } from "./to-inventory";
import { withTemplate } from "./with-template";

/** More objects than this are not looked at for one page. */
export const ADMISSION_LIMIT = 20_000;

/** Pods that the kubelet makes from files: the API server's flags are in them. No labels of other pods are believed. */
const STATIC_POD = "StaticPod";

const KINDS: readonly string[] = [
  ...SLICE_KINDS.namespaces,
  ...SLICE_KINDS.webhooks,
  ...SLICE_KINDS.admissionPolicies,
  ...SLICE_KINDS.policyEngineObjects,
  STATIC_POD,
];

/** Constraints have the kind that their template gives them. */
function constraintKinds(objects: readonly JsonRecord[]): readonly string[] {
  return objects.filter((body) => body.kind === "ConstraintTemplate").flatMap((body) => text(dig(body, "spec", "crd", "spec", "names", "kind")) ?? []);
}

/** Where webhooks are answered: what runs there says whether those are heard, and of Kyverno by which flags. Other roots than these are told from their pods. */
const BACKENDS: readonly string[] = [...SLICE_KINDS.services, ...WORKLOAD_KINDS];

/** From what is not among these, it is concluded that nothing asks a policy, or that it lacks its parameters; by slices, which are not remembered, the scan knew what answers. */
const MISSED: readonly string[] = [...SLICE_KINDS.webhooks, ...SLICE_KINDS.configMaps, ...SLICE_KINDS.endpointSlices];

/**
 * What was not read of all this. Where a kind of `BACKENDS` was not, what answers may be of it: the Services, which lead there, count as not read then, and no
 * webhook as without an answer.
 */
function listUnread(coverage: readonly KindCoverage[]): readonly UnreadKind[] {
  const lost = coverage.filter(isLost).map((entry) => ({ kind: sliceKindOf(entry), reason: entry.reason ?? "" }));
  const backend = lost.find(({ kind }) => BACKENDS.includes(kind));
  return [...lost.filter(({ kind }) => MISSED.includes(kind)), ...(backend ? SLICE_KINDS.services.map((kind) => ({ ...backend, kind })) : [])];
}

/** The namespaces that webhooks lead to; those of Kyverno among them have what its ConfigMap filters. */
function backendNamespaces(objects: readonly JsonRecord[]): { readonly all: ReadonlySet<string>; readonly kyverno: ReadonlySet<string> } {
  const places = objects
    .filter((body) => SLICE_KINDS.webhooks.some((kind) => kind === body.kind))
    .flatMap((body) => listWebhooks(toKubeObject(body, () => "platform")))
    .flatMap((hook) => {
      const [namespace] = addressOf(hook).serviceName?.split("/") ?? [];
      return namespace === undefined ? [] : { namespace, isKyverno: hook.engine === "Kyverno" };
    });
  const namesOf = (own: typeof places): ReadonlySet<string> => new Set(own.map(({ namespace }) => namespace));
  return { all: namesOf(places), kyverno: namesOf(places.filter(({ isKyverno }) => isKyverno)) };
}

/** The namespaces whose ConfigMaps are the parameters of policies; null = they may be in any: each object's own has them. */
function parameterNamespaces(objects: readonly JsonRecord[]): ReadonlySet<string> | null {
  const refs = objects.filter((body) => body.kind === "ValidatingAdmissionPolicyBinding").flatMap((body) => dig(body, "spec", "paramRef") ?? []);
  const names = refs.map((ref) => text(dig(ref, "namespace")));
  return names.includes(undefined) ? null : new Set(names.flatMap((name) => name ?? []));
}

async function read(reader: FilledReader, rules: Settings): Promise<Context<SliceName> | null> {
  const list = (kinds: readonly string[], namespace: string | null = null) =>
    listManifests(reader.pool, reader.cluster.id, reader.at.seq, { kinds, namespace, limit: ADMISSION_LIMIT });
  const found = (await list(KINDS))?.filter(isRecord);
  if (!found) return null;
  const kinds = constraintKinds(found);
  const constraints = kinds.length === 0 ? [] : await list(kinds);
  if (!constraints) return null;
  const { all, kyverno } = backendNamespaces(found);
  const parameters = parameterNamespaces(found);
  const settings =
    parameters === null ? [await list(["ConfigMap"])] : await Promise.all([...kyverno.union(parameters)].map((name) => list(["ConfigMap"], name)));
  const runs = all.size === 0 ? [] : (await listWorkloadKinds(reader)).filter((kind) => kind !== STATIC_POD);
  const backends = await Promise.all([...all].map((name) => list([...SLICE_KINDS.services, ...runs], name)));
  // A list that would be cut says nothing of what is not on it.
  if ([...settings, ...backends].includes(null)) return null;
  const servers = (await list(SLICE_KINDS.nodes))?.filter((body) => readServerArgs(toKubeObject(record(body), () => "platform")) !== null);
  const beside = [constraints, ...settings, ...backends, servers ?? []].flatMap((items) => items ?? []);
  const pods = found.map((body) => (body.kind === STATIC_POD ? { ...body, kind: "Pod" } : body));
  const objects = [...pods, ...beside.filter(isRecord).map(withTemplate)];
  const coverage = await readCoverage(reader.pool, reader.cluster.id, reader.at);
  return createContext(toInventory(objects, { ...reader.at, settings: rules }, listUnread(coverage)));
}

const caches = heldBy<Pool, LruCache<Context<SliceName> | null>>(
  "admission-objects",
  () =>
    new LruCache<Context<SliceName> | null>(
      3 * ADMISSION_LIMIT,
      (context) => 100 + (context ? Object.values(context.slices).reduce((sum, items) => sum + items.length, 0) : 0),
    ),
);

/** Namespaces, webhooks and policies of a snapshot, the control plane's static pods, or the nodes that tell of its flags, and what answers webhooks. Null when there are too many. */
export function loadAdmissionObjects(reader: FilledReader): Promise<Context<SliceName> | null> {
  return heldBySettings(caches(reader.pool), reader, (settings) => read(reader, settings));
}
