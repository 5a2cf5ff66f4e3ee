import type { SubjectKind } from "../controls/subject";
import { principalsView } from "../graph/rbac/principals";
import { findMissingSlice } from "../inventory/context";
import type { Inventory } from "../inventory/inventory";
import type { KubeObject } from "../inventory/kube-object";
import { ASKED_KINDS, findAskedSlice, findSlice, toWrittenKind } from "../inventory/slice-kind";
import { itemsOf, type ObjectSliceName, SECRET_MAKERS, SLICE_KINDS, type SliceName } from "../inventory/slices";
import type { Context } from "../inventory/view";
import { apiGroup, type ResourceRef } from "../model/resource-ref";
import type { Scope } from "../model/verdict";

/** One thing to judge: what the control gets, and what its verdict is filed under. */
export interface Subject {
  readonly ref: ResourceRef;
  readonly scope: Scope;
  readonly locator: string;
  readonly value: unknown;
}

export const CLUSTER_REF: ResourceRef = { apiVersion: "concentric.dev/v1", kind: "Cluster", namespace: null, name: "cluster" };

interface Source {
  readonly slice: ObjectSliceName;
  /** As they are written; left out = all of it. */
  readonly kinds?: readonly string[];
}

/** What is refused of one slice leaves the subjects of others. */
const OBJECT_SUBJECTS: Partial<Record<SubjectKind, Source | readonly Source[]>> = {
  namespace: { slice: "namespaces" },
  "service-account": { slice: "serviceAccounts" },
  role: { slice: "roles" },
  binding: { slice: "bindings" },
  service: { slice: "services" },
  ingress: { slice: "ingresses" },
  node: { slice: "nodes" },
  "config-map": { slice: "configMaps" },
  secret: { slice: "secrets" },
  "network-policy": { slice: "networkPolicies" },
  webhook: { slice: "webhooks" },
  "api-service": { slice: "apiServices" },
  "certificate-signing-request": { slice: "certificateSigningRequests" },
  "security-context-constraints": { slice: "securityContextConstraints" },
  "storage-class": { slice: "storageClasses" },
  gateway: { slice: "gateways", kinds: ["Gateway", "ListenerSet", "XListenerSet"] },
  "custom-route": { slice: "customRoutes", kinds: ["IngressRoute", "Gateway", "Route", "HTTPProxy"] },
  "tls-entry": [
    { slice: "ingresses" },
    { slice: "services" },
    { slice: "configMaps" },
    { slice: "routeGuards", kinds: ["TLSOption"] },
    { slice: "customRoutes", kinds: ["Gateway"] },
    { slice: "gateways", kinds: ["Gateway", "ListenerSet", "XListenerSet"] },
    { slice: "tlsSettings" },
  ],
  "custom-resource": [
    { slice: "releases" },
    { slice: "customSettings" },
    { slice: "operated" },
    { slice: "secretStores", kinds: SECRET_MAKERS },
    { slice: "routeGuards", kinds: ["Middleware", "KongPlugin", "KongClusterPlugin", "SecurityPolicy", "AuthorizationPolicy"] },
    { slice: "customRoutes", kinds: ["IngressRoute", "VirtualService", "HTTPProxy"] },
    { slice: "gateways", kinds: ["HTTPRoute", "GRPCRoute"] },
    // Last: why others were not read goes before, as something can be done about that.
    { slice: "runs" },
  ],
};

function sourcesOf(subject: SubjectKind): readonly Source[] {
  if (!subject.startsWith("kind:")) return [OBJECT_SUBJECTS[subject] ?? []].flat();
  const kind = subject.slice("kind:".length);
  const slice = findSlice(kind);
  return slice === null ? [] : [{ slice, kinds: [kind] }];
}

/**
 * What subjects are told from that are no objects of a list of their own: bindings name an account whether accounts were read or not. Null = each is
 * an object that was listed, or a root of pods.
 */
export function toldFrom(kind: SubjectKind): readonly ObjectSliceName[] | null {
  return kind === "principal" ? principalsView.reads : null;
}

/** The slices that must be there before subjects of a kind can be listed. */
export function subjectSlices(kind: SubjectKind): readonly SliceName[] {
  if (kind === "workload") return ["workloads"];
  const told = toldFrom(kind);
  if (told) return told;
  if (kind === "cluster") return [];
  return sourcesOf(kind).map(({ slice }) => slice);
}

/** Why the subjects of a kind cannot be listed, or not all of them; null when they can. */
export function findMissingSubjects(kind: SubjectKind, inventory: Inventory): string | null {
  const missing = findMissingSlice(inventory, subjectSlices(kind));
  if (missing) return missing.reason;
  const gaps = sourcesOf(kind).flatMap(({ slice: name, kinds }) => {
    const slice = inventory.slices[name];
    return slice.state === "read" ? (slice.unread ?? []).filter((gap) => kinds?.includes(toWrittenKind(gap.kind)) ?? true) : [];
  });
  return gaps[0]?.reason ?? null;
}

/** Everything of one kind that can be judged: of a slice that is missing nothing (the engine says so once, on the cluster). */
export function listSubjects(kind: SubjectKind, inventory: Inventory, context: Context<SliceName>): readonly Subject[] {
  if (kind === "workload")
    return itemsOf(inventory.slices.workloads).map((workload) => ({ ref: workload.ref, scope: workload.scope, locator: "", value: workload }));
  if (kind === "cluster") return [{ ref: CLUSTER_REF, scope: "workload", locator: "", value: { name: "cluster" } }];
  if (kind === "principal") {
    if (findMissingSlice(inventory, subjectSlices(kind))) return [];
    return context.view(principalsView).map((principal) => ({ ref: principal.ref, scope: principal.scope, locator: principal.reach, value: principal }));
  }
  const wanted = sourcesOf(kind).flatMap(({ slice, kinds }) => {
    const items: readonly KubeObject[] = context.slices[slice];
    return kinds ? items.filter((item) => kinds.includes(item.ref.kind)) : items;
  });
  return wanted.map((item) => ({ ref: item.ref, scope: item.scope, locator: "", value: item }));
}

/**
 * Whether an object of this kind can be the subject of such controls. Workloads may be of any custom kind, also of one that is called as ours is: the
 * group tells them apart. Left out = the kind is that of a slice.
 */
export function canBeSubject(subject: SubjectKind, kind: string, group?: string): boolean {
  const isListed = group === undefined ? ASKED_KINDS.has(kind) : findAskedSlice(group, kind) !== null;
  const isWhole = kind === CLUSTER_REF.kind && (group === undefined || group === apiGroup(CLUSTER_REF));
  if (subject === "cluster") return isWhole;
  if (subject === "principal") return kind === "User" || kind === "Group" || kind === "ServiceAccount";
  if (subject === "workload") return !isListed && kind !== "User" && kind !== "Group" && !isWhole;
  return isListed && sourcesOf(subject).some(({ slice, kinds }) => (kinds ?? SLICE_KINDS[slice].map(toWrittenKind)).includes(kind));
}
