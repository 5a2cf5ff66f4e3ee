import { isInCidr } from "../../inventory/ip-address";
import type { Answer } from "../reason";
import type { Endpoint } from "./endpoint";
import { isDefaultRoute, isEveryAddress } from "./match-peer";
import { isAll, isAny, isNot, type Matched } from "./matched";
import type { Suppositions } from "./suppositions";

/** What decides whether the other end has an address, or an address of a name; where nothing does, that cannot be told. */
export interface AddressAsk {
  readonly supposed: Suppositions;
  /** Told where it is true of some addresses alone. */
  readonly doubt: Answer;
}

/** Whether the other end is in a range of addresses. */
export function askRange(cidr: string, { address }: Endpoint, ask: AddressAsk | null): Matched {
  if (address !== undefined) return isInCidr(address, cidr);
  if (isEveryAddress(cidr)) return true;
  return ask === null ? null : ask.supposed.askRange(cidr, ask.doubt);
}

/** The same of a range with others cut out of it. All addresses but a few count as all, as in a NetworkPolicy. */
export function askBlock(cidr: string, except: readonly string[], other: Endpoint, ask: AddressAsk | null): Matched {
  if (other.address === undefined && isEveryAddress(cidr) && !except.some(isDefaultRoute)) return true;
  return isAll([askRange(cidr, other, ask), isNot(isAny(except.map((range) => askRange(range, other, ask))))]);
}
