import { type AskedLabels, ByAskedLabel } from "./asked-labels";
import { appliesTo, type CiliumRule, isolates, listRequired, listSolePorts } from "./cilium";
import type { Direction, Endpoint } from "./endpoint";
import type { Matched } from "./matched";

interface ApplyingRule {
  readonly rule: CiliumRule;
  readonly applies: Matched;
}

interface ApplyingRules {
  readonly self: Endpoint;
  readonly direction: Direction;
  /** By the port that they are about: of hundreds, few have a say of one port. */
  readonly byPort: ByAskedLabel<ApplyingRule>;
  /** Those that narrow whom rules deny. */
  readonly narrowing: readonly CiliumRule[];
}

/** Of the rules of one end: the same for every other end, and every port. */
const applyingOf = new WeakMap<readonly CiliumRule[], ApplyingRules>();

export function listApplying(rules: readonly CiliumRule[], self: Endpoint, direction: Direction): ApplyingRules {
  const known = applyingOf.get(rules);
  if (known?.self === self && known.direction === direction) return known;
  const applying = rules.map((rule) => ({ rule, applies: appliesTo(rule, self) })).filter(({ applies }) => applies !== false);
  const hasRequired = (rule: CiliumRule, section: string): boolean => listRequired(rule, section).length > 0;
  // That they isolate is said on every port, and the last of them is named.
  const lastIsolating = applying.findLast(({ rule, applies }) => applies && isolates(rule, direction));
  const portsOf = (one: ApplyingRule): AskedLabels => {
    const isAlways = one === lastIsolating || one.applies === null || hasRequired(one.rule, direction);
    const ports = isAlways ? null : listSolePorts(one.rule, direction);
    return ports ? [ports] : [];
  };
  const narrowing = applying.map(({ rule }) => rule).filter((rule) => hasRequired(rule, `${direction}Deny`));
  const found = { self, direction, byPort: new ByAskedLabel(applying, portsOf), narrowing };
  applyingOf.set(rules, found);
  return found;
}
