import { isWithin } from "../../model/ip-address";

/** Of a link or of one machine alone: metadata services and caches of names answer there, and a pod may have any other address. */
const RESERVED = ["169.254.0.0/16", "127.0.0.0/8", "fe80::/10", "::1/128"];

/** Whether a range has no address that a pod of the pods' network could have. */
export function holdsNoPod(cidr: string): boolean {
  return RESERVED.some((range) => isWithin(cidr, range));
}
