import { type AdminPolicy, type AdminRule, listSolePorts, mayNamePeer } from "./admin-policy";
import { type AskedLabels, ByAskedLabel } from "./asked-labels";
import type { Sight } from "./calico-lines";
import type { Direction, Endpoint } from "./endpoint";

/** Policies of one tier in their order, by the port that they are about: of hundreds, few have a say of one port. */
type AdminLine = ByAskedLabel<AdminPolicy>;

/** Of the policies of one end: the same for every other end, and every port; and without the rules that do not name one other end. */
interface Found {
  readonly self: Endpoint;
  readonly direction: Direction;
  readonly line: AdminLine;
  narrowed: { readonly other: Endpoint; readonly line: AdminLine } | null;
}

const found = new WeakMap<readonly AdminPolicy[], Found>();

/** Of whatever may not be selected at all, that is asked of each policy, on every port. */
function isInDoubt({ kind, mayLack }: Endpoint): boolean {
  return kind === "absent" || mayLack !== undefined;
}

function toLine(policies: readonly AdminPolicy[], self: Endpoint, direction: Direction): AdminLine {
  const portsOf = ({ rules }: AdminPolicy): AskedLabels => {
    const ports = isInDoubt(self) ? [null] : rules[direction].map(listSolePorts);
    const sole = ports.flatMap((own) => own ?? []);
    return ports.includes(null) ? [] : [sole];
  };
  return new ByAskedLabel(policies, portsOf);
}

function find(policies: readonly AdminPolicy[], self: Endpoint, direction: Direction): Found {
  const known = found.get(policies);
  if (known?.self === self && known.direction === direction) return known;
  const fresh = { self, direction, line: toLine(policies, self, direction), narrowed: null };
  found.set(policies, fresh);
  return fresh;
}

export function lineUpAdmin(policies: readonly AdminPolicy[], { self, other, direction }: Sight): AdminLine {
  const { line, narrowed } = find(policies, self, direction);
  return narrowed?.other === other ? narrowed.line : line;
}

/** For whoever asks about hundreds of ports of one other end: of hundreds of rules, few name it. */
export function narrowAdmin(policies: readonly AdminPolicy[], { self, other, direction }: Sight): AdminLine {
  const known = find(policies, self, direction);
  if (isInDoubt(self)) return known.line;
  const isMeant = ({ peers }: AdminRule): boolean => peers.some((peer) => mayNamePeer(peer, self, other));
  const left = policies.flatMap((policy) => {
    const rules = policy.rules[direction].filter(isMeant);
    return rules.length > 0 ? [{ ...policy, rules: { ...policy.rules, [direction]: rules } }] : [];
  });
  const line = toLine(left, self, direction);
  known.narrowed = { other, line };
  return line;
}
