import "server-only";
import type { ReadFault } from "./read-fault";

/** One kind in one version, as discovery names it. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  /** Plural name, e.g. `networkpolicies`. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** What a cluster serves. */
export interface ServedKinds {
  readonly kinds: readonly ServedKind[];
  /** Groups that could not be discovered, e.g. an aggregated API that is down. `*` = discovery itself. */
  readonly faults: ReadonlyMap<string, ReadFault>;
}

/** `/api/v1/pods`, `/apis/apps/v1/deployments` */
export function listPath({ group, version, resource }: Pick<ServedKind, "group" | "version" | "resource">): string {
  return group === "" ? `/api/${version}/${resource}` : `/apis/${group}/${version}/${resource}`;
}
