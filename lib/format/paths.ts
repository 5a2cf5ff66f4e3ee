import { toKeptText } from "../model/kept-text";
import { apiGroup, isWholeCluster, type ResourceRef } from "../model/resource-ref";
import { showHidden } from "./show-hidden";

/** `apps.Deployment`; kinds of the core group stand alone: `Pod`. */
function toGroupKind(ref: Pick<ResourceRef, "apiVersion" | "kind">): string {
  const group = apiGroup(ref);
  return group === "" ? ref.kind : `${group}.${ref.kind}`;
}

/** A name as a part of an address, which leads to what is remembered under it. */
export function toPathPart(name: string): string {
  return encodeURIComponent(toKeptText(name));
}

/** Page of a resource: `/c/prod/resources/apps.Deployment/shop/cart`; `-` stands for "no namespace". */
export function resourcePath(cluster: string, ref: ResourceRef): string {
  return `/c/${cluster}/resources/${[toGroupKind(ref), ref.namespace ?? "-", ref.name].map(toPathPart).join("/")}`;
}

/** How an object is called where nothing beside it says its namespace: "Deployment", "shop/cart"; the cluster as a whole: "The whole", "cluster". */
export function objectWords(ref: ResourceRef): { readonly kind: string; readonly name: string } {
  const { kind, namespace, name } = ref;
  return isWholeCluster(ref) ? { kind: "The whole", name } : { kind, name: showHidden(namespace === null ? name : `${namespace}/${name}`) };
}

/** What a sentence is about: "Deployment cart"; the cluster as a whole is no object that has a name. */
export function subjectName(ref: Pick<ResourceRef, "apiVersion" | "kind" | "name">): string {
  return isWholeCluster(ref) ? "the cluster" : showHidden(`${ref.kind} ${ref.name}`);
}

/** The key under which a resource is remembered, from the parts of its page's path. */
export function toResourceKey(groupKind: string, namespace: string, name: string): string {
  const dot = groupKind.lastIndexOf(".");
  return `${dot < 0 ? "" : groupKind.slice(0, dot)}/${groupKind.slice(dot + 1)}/${namespace}/${name}`;
}

export function findingPath(cluster: string, id: string): string {
  return `/c/${cluster}/findings/${id}`;
}

/** The open findings of workloads under a filter: where a number of the scores leads, since those leave the platform out. */
export function workloadFindings(base: string, query = ""): string {
  return `${base}/findings?${query}${query === "" ? "" : "&"}scope=workload`;
}

export function controlPath(cluster: string, id: string): string {
  return `/c/${cluster}/controls/${id}`;
}
