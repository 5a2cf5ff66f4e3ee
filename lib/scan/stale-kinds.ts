import "server-only";
import type { Inventory } from "@/lib/inventory/inventory";
import { findAskedSlice, sliceKindOf } from "@/lib/inventory/slice-kind";
import { isGap, isLost, type KindCoverage, whyUnread } from "@/lib/model/coverage";
import { ACCOUNT, isOfPods, listAccountKeys } from "@/lib/reads/find-unread";
import type { StaleKinds } from "@/lib/store/commit/commit-input";

const RBAC = "rbac.authorization.k8s.io";

/** Why nothing is told of the objects of a kind; null = they are listed. */
function findReason({ slices }: Inventory, key: string): string | null {
  const [group = "", kind = ""] = key.split("/");
  const name = findAskedSlice(group, kind);
  if (name === null) {
    // Roots of custom kinds are told from their pods: where those are not known, they are not seen either.
    const { workloads } = slices;
    return workloads.state === "missing" && !workloads.partial && isOfPods(group, kind) ? workloads.reason : null;
  }
  // A slice with a gap is judged for none of its kinds: of ClusterRoleBindings nothing is said while RoleBindings cannot be read.
  const slice = slices[name];
  if (slice.state === "missing") return slice.reason;
  // Of a kind that two groups serve, nothing is told while the list of one of them is missing.
  return slice.unread?.find((gap) => gap.kind === sliceKindOf({ group, kind }))?.reason ?? null;
}

/** Everything that this scan cannot speak about, so that what is remembered of it stays, marked stale. `known` are the kinds of the last snapshot. */
export function listStaleKinds(inventory: Inventory, coverage: readonly KindCoverage[], known: readonly string[]): StaleKinds {
  const stale = new Map<string, string | null>();
  const add = (key: string, reason: string): void => {
    if (!stale.has(key)) stale.set(key, reason);
  };
  for (const entry of coverage) if (isGap(entry) && isLost(entry)) add(`${entry.group}/${entry.kind}`, whyUnread(entry));
  const { roles, bindings } = inventory.slices;
  const rights = [roles, bindings].find((slice) => slice.state === "missing");
  if (rights?.state === "missing") for (const key of [`${RBAC}/User`, `${RBAC}/Group`, ...listAccountKeys()]) add(key, rights.reason);
  else if (stale.has(ACCOUNT)) for (const key of listAccountKeys()) stale.set(key, null);
  for (const key of known) {
    const reason = findReason(inventory, key);
    if (reason !== null) add(key, reason);
  }
  return stale;
}
