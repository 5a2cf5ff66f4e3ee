import type { ListPodSecurityQuery } from "@/lib/contracts/pod-security";
import { toPathPart } from "@/lib/format/paths";

export type PodSecurityShow = NonNullable<ListPodSecurityQuery["show"]>;

/** The address of the list of namespaces. */
export function podSecurityHref(base: string, show: PodSecurityShow, after: string | null = null): string {
  const params = new URLSearchParams();
  if (show !== "all") params.set("show", show);
  if (after !== null) params.set("after", after);
  const query = params.toString();
  return `${base}/pod-security${query === "" ? "" : `?${query}`}`;
}

/** The address of one namespace; `after` = where the list of a level goes on. */
export function namespaceLevelsHref(base: string, namespace: string, after: Readonly<Partial<Record<"baseline" | "restricted", string>>> = {}): string {
  const query = new URLSearchParams(after).toString();
  return `${base}/pod-security/${toPathPart(namespace)}${query === "" ? "" : `?${query}`}`;
}
