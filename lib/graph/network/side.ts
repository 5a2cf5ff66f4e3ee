import { type AdminPolicy, type AdminTier, namesByAddress } from "./admin-policy";
import type { Direction, Endpoint } from "./endpoint";
import { type ForeignPolicies, foreignOf } from "./foreign-policies";
import type { Policy } from "./policy";
import { hasSelective, listAdmin, listIsolating, type PolicyIndex } from "./policy-index";

/** Everything that decides one direction of one pod, gathered once for many connections. */
export interface Side {
  readonly self: Endpoint;
  readonly direction: Direction;
  readonly admin: Readonly<Record<AdminTier, readonly AdminPolicy[]>>;
  readonly isolating: readonly Policy[];
  readonly foreign: ForeignPolicies;
  /** Admin policies whose rules may name an end by what is not known of it. */
  readonly doubtful: readonly AdminPolicy[];
  /** The pod's labels are not known, and a policy selects by labels. */
  readonly isGuess: boolean;
}

export function toSide(index: PolicyIndex, self: Endpoint, direction: Direction): Side {
  const admin = { Admin: listAdmin(index, "Admin", self, direction), Baseline: listAdmin(index, "Baseline", self, direction) };
  return {
    self,
    direction,
    admin,
    doubtful: [...admin.Admin, ...admin.Baseline].filter((policy) => policy.rules[direction].some(namesByAddress)),
    isolating: listIsolating(index, self, direction),
    foreign: foreignOf(index.foreign, self, direction),
    isGuess: self.kind === "absent" && hasSelective(index, self, direction),
  };
}

/** True when nothing limits this direction: every connection is allowed, whatever the other end. */
export function isFree({ self, admin, isolating, foreign, isGuess }: Side): boolean {
  if (self.kind === "external" || self.isHostNetwork) return true;
  const { cilium, calico, unread } = foreign;
  return !isGuess && [admin.Admin, admin.Baseline, isolating, cilium, calico, unread].every((list) => list.length === 0);
}
