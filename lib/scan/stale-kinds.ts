import "server-only";
import type { Inventory } from "@/lib/inventory/inventory";
import { toSliceKind } from "@/lib/inventory/slice-kind";
import { type ObjectSliceName, SLICE_KINDS } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workload-kind";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { listAccountKeys } from "@/lib/reads/find-unread";

const RBAC = "rbac.authorization.k8s.io";
/** Filed under kinds of our own: never part of a workload. */
const OWN_GROUP = "concentric.dev";

const UNREAD = "It could not be read.";

function sliceKindOf(key: string): string | null {
  const [group = "", kind = ""] = key.split("/");
  return toSliceKind(group, kind);
}

/**
 * `group/Kind`, or by one control `group/Kind control`, with the reason, of everything that this scan cannot speak about, so that what is remembered of it stays, marked stale.
 * `known` are the kinds of the last snapshot: roots of custom kinds are told from their pods, so without workloads they are not seen either.
 */
export function listStaleKinds(inventory: Inventory, coverage: readonly KindCoverage[], known: readonly string[]): ReadonlyMap<string, string> {
  const stale = new Map<string, string>();
  const add = (key: string, reason: string): void => {
    if (!stale.has(key)) stale.set(key, reason);
  };
  for (const entry of coverage) if (isGap(entry)) add(`${entry.group}/${entry.kind}`, entry.reason ?? UNREAD);
  const { slices } = inventory;
  const rbac = [slices.roles, slices.bindings].find((slice) => slice.state === "missing");
  // Of accounts only what is told from rights: they themselves are read.
  if (rbac?.state === "missing") for (const key of [`${RBAC}/User`, `${RBAC}/Group`, ...listAccountKeys()]) add(key, rbac.reason);
  // A slice with a gap is judged for none of its kinds: of ClusterRoleBindings nothing is said while RoleBindings cannot be read.
  for (const [name, kinds] of Object.entries(SLICE_KINDS)) {
    const slice = slices[name as ObjectSliceName]; // safe: the keys of SLICE_KINDS are the slices
    if (slice.state === "missing") for (const key of known) if (kinds.some((kind) => key.endsWith(`/${kind}`))) add(key, slice.reason);
    // Of a kind that two groups serve, nothing is told while the list of one of them is missing.
    const unread = slice.state === "read" ? (slice.unread ?? []) : [];
    for (const { kind, reason } of unread) for (const key of known) if (sliceKindOf(key) === kind) add(key, reason);
  }
  if (slices.workloads.state !== "missing" || slices.workloads.partial) return stale;
  const sliceKinds = new Set<string>(Object.values(SLICE_KINDS).flat());
  const workloadKinds = new Set<string>(WORKLOAD_KINDS);
  for (const key of known) {
    const [group = "", kind = ""] = key.split("/");
    const isOther = group !== OWN_GROUP && group !== RBAC && !sliceKinds.has(kind);
    if (workloadKinds.has(kind) || isOther) add(key, slices.workloads.reason);
  }
  return stale;
}
