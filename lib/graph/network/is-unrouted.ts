import { isWithin } from "../../model/ip-address";

/** Of a link, or of one machine: metadata services and caches of names answer there, and no pod, Service or API server has such an address. */
const UNROUTED = ["169.254.0.0/16", "127.0.0.0/8", "fe80::/10", "::1/128"];

/** Whether an address, or all of a range, is of that kind. */
export function isUnrouted(cidr: string): boolean {
  return UNROUTED.some((range) => isWithin(cidr, range));
}
