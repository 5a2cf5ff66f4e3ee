import type { ListPodSecurityQuery } from "@/lib/contracts/pod-security";
import { toPathPart } from "@/lib/format/paths";

export type PodSecurityShow = NonNullable<ListPodSecurityQuery["show"]>;

/** The address of the list of namespaces. */
export function podSecurityHref(base: string, show: PodSecurityShow): string {
  return `${base}/pod-security${show === "all" ? "" : `?show=${show}`}`;
}

/** The address of one namespace. */
export function namespaceLevelsHref(base: string, namespace: string): string {
  return `${base}/pod-security/${toPathPart(namespace)}`;
}
