import { isInCidr, type RangeSet } from "../../model/ip-address";
import { texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { Answer } from "../reason";
import { type Endpoint, isPodOfNetwork } from "./endpoint";
import { isUnrouted } from "./is-unrouted";
import { isDefaultRoute, isEveryAddress } from "./match-peer";
import { isAll, isAny, isNot, type Matched } from "./matched";
import { rangeSetOf } from "./range-set-of";
import type { Suppositions } from "./suppositions";

/** What decides whether the other end has an address, or an address of a name; where nothing does, that cannot be told. */
export interface AddressAsk {
  readonly supposed: Suppositions;
  /** Told where it is true of some addresses alone. */
  readonly doubt: Answer;
}

/** Whether the other end is in a range of addresses. */
function askRange(cidr: string, end: Endpoint, ask: AddressAsk | null): Matched {
  if (end.address !== undefined) return isInCidr(end.address, cidr);
  if (isEveryAddress(cidr)) return true;
  if (isPodOfNetwork(end) && isUnrouted(cidr)) return false;
  return ask === null ? null : ask.supposed.askRange(cidr, ask.doubt);
}

/** A list of ranges as it stands in an object. */
interface Ranges {
  /** All but those that hold every address. */
  readonly limited: readonly string[];
  readonly set: RangeSet;
  readonly isEvery: boolean;
  readonly mayHoldPods: boolean;
}

/** Read once, however many pods ask. */
const toRanges = rememberedOf((list: readonly unknown[]): Ranges => {
  const cidrs = texts(list);
  const limited = cidrs.filter((cidr) => !isEveryAddress(cidr));
  return { limited, set: rangeSetOf(list), isEvery: limited.length < cidrs.length, mayHoldPods: !limited.every(isUnrouted) };
});

/** Whether it is in one of the ranges of a list, of which the very array is remembered. */
export function askRanges(list: readonly unknown[], end: Endpoint, ask: AddressAsk | null): Matched {
  const { limited, set, isEvery, mayHoldPods } = toRanges(list);
  if (end.address !== undefined) return set.holds(end.address);
  if (isPodOfNetwork(end) && !mayHoldPods) return isEvery;
  if (ask === null) return isEvery || (limited.length === 0 ? false : null);
  const isIn = ask.supposed.askRanges(limited, set, ask.doubt);
  return isEvery || isIn;
}

/** The same of a range with others cut out of it. All addresses but a few count as all, as in a NetworkPolicy. */
export function askBlock(cidr: string, except: readonly string[], other: Endpoint, ask: AddressAsk | null): Matched {
  if (other.address === undefined && isEveryAddress(cidr) && !except.some(isDefaultRoute)) return true;
  return isAll([askRange(cidr, other, ask), isNot(isAny(except.map((range) => askRange(range, other, ask))))]);
}
