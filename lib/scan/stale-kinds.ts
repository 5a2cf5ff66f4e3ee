import "server-only";
import type { Inventory } from "@/lib/inventory/inventory";
import { type ObjectSliceName, SLICE_KINDS } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workload-kind";
import type { KindCoverage } from "@/lib/model/coverage";

const RBAC = "rbac.authorization.k8s.io";
/** Filed under kinds of our own: never part of a workload. */
const OWN_GROUP = "concentric.dev";

/**
 * `group/Kind` of everything that this scan cannot speak about, so that what is remembered of it stays, marked stale.
 * `known` are the kinds of the last snapshot: roots of custom kinds are told from their pods, so without workloads they are not seen either.
 */
export function listStaleKinds(inventory: Inventory, coverage: readonly KindCoverage[], known: readonly string[]): ReadonlySet<string> {
  const stale = new Set<string>();
  for (const { group, kind, status } of coverage) if (status !== "read" && status !== "absent" && status !== "not-requested") stale.add(`${group}/${kind}`);
  const { slices } = inventory;
  if (slices.roles.state === "missing" || slices.bindings.state === "missing") {
    for (const kind of ["User", "Group"]) stale.add(`${RBAC}/${kind}`);
    stale.add("/ServiceAccount");
  }
  // A slice with a gap is judged for none of its kinds: of ClusterRoleBindings nothing is said while RoleBindings cannot be read.
  for (const [name, kinds] of Object.entries(SLICE_KINDS)) {
    if (slices[name as ObjectSliceName].state !== "missing") continue; // safe: the keys of SLICE_KINDS are the slices
    for (const key of known) if (kinds.some((kind) => key.endsWith(`/${kind}`))) stale.add(key);
  }
  if (slices.workloads.state !== "missing" || slices.workloads.partial) return stale;
  const sliceKinds = new Set<string>(Object.values(SLICE_KINDS).flat());
  const workloadKinds = new Set<string>(WORKLOAD_KINDS);
  for (const key of known) {
    const [group = "", kind = ""] = key.split("/");
    const isOther = group !== OWN_GROUP && group !== RBAC && !sliceKinds.has(kind);
    if (workloadKinds.has(kind) || isOther) stale.add(key);
  }
  return stale;
}
