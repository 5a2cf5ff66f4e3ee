import type { KubeObject } from "../../inventory/kube-object";
import { rememberedOf } from "../../model/remembered";
import type { AdminPolicy, AdminTier } from "./admin-policy";
import { type Direction, type Endpoint, isPlain } from "./endpoint";
import { type ForeignPolicies, foreignOf, isWithoutForeign } from "./foreign-policies";
import type { Policy } from "./policy";
import { gapsOf, hasGaps, hostGapsOf, type PolicyGaps } from "./policy-gaps";
import { listAdmin, listIsolating, type PolicyIndex } from "./policy-index";

/** Everything that decides one direction of one pod, gathered once for many connections. */
export interface Side {
  readonly self: Endpoint;
  readonly direction: Direction;
  readonly admin: Readonly<Record<AdminTier, readonly AdminPolicy[]>>;
  /** Of a pod that is not in the set: every policy that may select it. */
  readonly isolating: readonly Policy[];
  readonly foreign: ForeignPolicies;
  /** What isolates the pod although no policy does. */
  readonly closedBy?: Pick<KubeObject, "ref">;
  /** What could not be read, and may decide this direction as well. */
  readonly gaps: PolicyGaps;
}

export function toSide(index: PolicyIndex, self: Endpoint, direction: Direction): Side {
  const { hosts } = index.foreign;
  return {
    self,
    direction,
    admin: { Admin: listAdmin(index, "Admin", self, direction), Baseline: listAdmin(index, "Baseline", self, direction) },
    isolating: self.isHostNetwork ? [] : listIsolating(index, self, direction),
    foreign: foreignOf(index.foreign, self, direction),
    ...(index.closedBy && { closedBy: index.closedBy }),
    gaps: self.isHostNetwork ? hostGapsOf(index.gaps, hosts.hasEndpoints, hosts.isOn !== false) : gapsOf(index.gaps, direction),
  };
}

/** No other kind of policy that was read has a say. */
export function hasNetworkPoliciesAlone({ admin, foreign }: Pick<Side, "admin" | "foreign">): boolean {
  return admin.Admin.length === 0 && admin.Baseline.length === 0 && isWithoutForeign(foreign);
}

const isNetworkPoliciesAlone = rememberedOf((index: PolicyIndex): boolean => !hasGaps(index.gaps) && hasNetworkPoliciesAlone(index));

/**
 * The NetworkPolicies that isolate a pod, where nothing else has a say: what is told of one pod holds for all with the very same list, but for their
 * names. Null = more decides.
 */
export function listSole(index: PolicyIndex, pod: Endpoint, direction: Direction): readonly Policy[] | null {
  const isTold = pod.kind === undefined && isPlain(pod) && isNetworkPoliciesAlone(index);
  return isTold ? listIsolating(index, pod, direction) : null;
}

/** True when nothing limits this direction: every connection is allowed, whatever the other end. */
export function isFree({ self, admin, isolating, foreign, gaps }: Side): boolean {
  if (self.kind === "external") return true;
  return !hasGaps(gaps) && isolating.length === 0 && hasNetworkPoliciesAlone({ admin, foreign });
}
