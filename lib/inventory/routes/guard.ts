import { isPrivateCidr } from "../../model/ip-address";

/** What stands in front of a way in and holds for every request that takes it. */
export interface Guard {
  /** Nobody gets through without saying who they are. */
  readonly hasSignIn: boolean;
  /** The ranges that may connect; empty = nothing limits it. */
  readonly ranges: readonly string[];
  /** Why it is not known whether something asks for a sign-in: what would was not read. */
  readonly untold?: string;
}

export const NO_GUARD: Guard = { hasSignIn: false, ranges: [] };
export const SIGN_IN: Guard = { hasSignIn: true, ranges: [] };

/** Of several lists of ranges that all hold, the one that leaves the fewest; empty = none limits anything. */
function narrowest(lists: readonly (readonly string[])[]): readonly string[] {
  const limiting = lists.filter((ranges) => ranges.length > 0);
  return limiting.find((ranges) => ranges.every(isPrivateCidr)) ?? limiting[0] ?? [];
}

/** What several guards come to of which each has to be passed. */
export function joinGuards(guards: readonly Guard[]): Guard {
  const hasSignIn = guards.some((guard) => guard.hasSignIn);
  const untold = hasSignIn ? undefined : guards.find((guard) => guard.untold !== undefined)?.untold;
  return { hasSignIn, ranges: narrowest(guards.map(({ ranges }) => ranges)), ...(untold !== undefined && { untold }) };
}

/** What guards come to where any one of them may be passed: of several rules that each let somebody in, or several doors. */
export function widenGuards(guards: readonly Guard[]): Guard {
  const unsigned = guards.filter((guard) => !guard.hasSignIn);
  if (unsigned.length === 0) return guards.length > 0 ? SIGN_IN : NO_GUARD;
  const untold = unsigned.find((guard) => guard.untold !== undefined)?.untold;
  const ranges = unsigned.some((guard) => guard.ranges.length === 0) ? [] : unsigned.flatMap((guard) => guard.ranges);
  return { hasSignIn: false, ranges, ...(untold !== undefined && { untold }) };
}
