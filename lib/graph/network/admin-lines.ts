import { type AdminPolicy, type AdminRule, listSolePorts, mayNamePeer } from "./admin-policy";
import { type AskedLabels, ByAskedLabel } from "./asked-labels";
import type { Direction, Endpoint } from "./endpoint";
import { keepLines, type Sight } from "./lines-of-end";

/** Policies of one tier in their order, by the port that they are about: of hundreds, few have a say of one port. */
type AdminLine = ByAskedLabel<AdminPolicy>;

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

const lines = keepLines(toLine);

export const lineUpAdmin = lines.lineUp;

/** For whoever asks about hundreds of ports of one other end: of hundreds of rules, few name it. */
export function narrowAdmin(policies: readonly AdminPolicy[], sight: Sight): AdminLine {
  const { self, other, direction } = sight;
  if (isInDoubt(self)) return lineUpAdmin(policies, sight);
  const isMeant = ({ peers }: AdminRule): boolean => peers.some((peer) => mayNamePeer(peer, self, other));
  const left = policies.flatMap((policy) => {
    const rules = policy.rules[direction].filter(isMeant);
    return rules.length > 0 ? [{ ...policy, rules: { ...policy.rules, [direction]: rules } }] : [];
  });
  return lines.narrow(policies, sight, () => toLine(left, self, direction));
}
