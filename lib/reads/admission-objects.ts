import "server-only";
import type { Pool } from "pg";
import { createContext } from "@/lib/inventory/context";
import type { Settings } from "@/lib/inventory/inventory";
import { toKubeObject } from "@/lib/inventory/kube-object";
import { listWebhooks } from "@/lib/inventory/admission/security-webhook";
import { SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";
import type { Context } from "@/lib/inventory/view";
import { dig, isRecord, type JsonRecord, text } from "@/lib/model/json";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { listManifests } from "@/lib/store/list-manifests";
import type { FilledReader } from "./open-reader";
import { heldBySettings } from "./settings-at";
import { toInventory } from "./to-inventory";

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

/**
 * The namespaces that webhooks of Kyverno lead to. What decides beside its policies is there: flags of a Deployment, on what comes of PolicyExceptions, and what
 * a ConfigMap filters.
 */
function kyvernoNamespaces(objects: readonly JsonRecord[]): ReadonlySet<string> {
  const hooks = objects
    .filter((body) => SLICE_KINDS.webhooks.some((kind) => kind === body.kind))
    .flatMap((body) => listWebhooks(toKubeObject(body, () => "platform")));
  return new Set(hooks.filter(({ engine }) => engine === "Kyverno").flatMap(({ spec }) => text(dig(spec, "clientConfig", "service", "namespace")) ?? []));
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
  const kyverno = kyvernoNamespaces(found);
  const parameters = parameterNamespaces(found);
  const settings =
    parameters === null ? [await list(["ConfigMap"])] : await Promise.all([...kyverno.union(parameters)].map((name) => list(["ConfigMap"], name)));
  // A list that would be cut says nothing of what is not on it.
  if (settings.includes(null)) return null;
  const deployments = await Promise.all([...kyverno].map((name) => list(["Deployment"], name)));
  const beside = [...constraints, ...[...settings, ...deployments].flatMap((items) => items ?? [])];
  const objects = [...found, ...beside.filter(isRecord)].map((body) => (body.kind === STATIC_POD ? { ...body, kind: "Pod" } : body));
  return createContext(toInventory(objects, { ...reader.at, settings: rules }));
}

const caches = heldBy<Pool, LruCache<Context<SliceName> | null>>(
  "admission-objects",
  () =>
    new LruCache<Context<SliceName> | null>(
      3 * ADMISSION_LIMIT,
      (context) => 100 + (context ? Object.values(context.slices).reduce((sum, items) => sum + items.length, 0) : 0),
    ),
);

/** Namespaces, webhooks and policies of a snapshot, the control plane's static pods, and Kyverno itself. Null when there are too many. */
export function loadAdmissionObjects(reader: FilledReader): Promise<Context<SliceName> | null> {
  return heldBySettings(caches(reader.pool), reader, (settings) => read(reader, settings));
}
