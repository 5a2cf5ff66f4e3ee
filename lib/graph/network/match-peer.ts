import { isInCidr, isIpAddress } from "../../model/ip-address";
import { isEmptySelector, matchesSelector } from "../../inventory/labels/label-selector";
import { isRecord, type JsonRecord, list, record } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { Endpoint } from "./endpoint";
import { selects } from "./label-sight";
import { rangeSetOf } from "./range-set-of";

/** "labels": it depends on labels that are not known; "address": on an address that is not known, of a range or of the name of a domain. */
export type PeerMatch = "yes" | "no" | "address" | "labels";

/** All addresses of one family, whatever address it is written with: `10.0.0.0/0` is `0.0.0.0/0`. */
export function isDefaultRoute(cidr: string): boolean {
  const [base = "", length] = cidr.split("/");
  return length === "0" && isIpAddress(base);
}

/** All addresses of the family that clusters have: those of IPv6 are none of a cluster's own where it has IPv4 alone. */
export function isEveryAddress(cidr: string): boolean {
  return isDefaultRoute(cidr) && !cidr.includes(":");
}

const hasDefaultRoute = rememberedOf((ranges: readonly unknown[]): boolean => ranges.some((range) => isDefaultRoute(String(range))));

/** All addresses of one family, with nothing but ranges of its own cut out. */
export function isWorldBlock(ipBlock: unknown): boolean {
  const { cidr, except } = record(ipBlock);
  return isDefaultRoute(String(cidr)) && !hasDefaultRoute(list(except));
}

/** A range of addresses, without those that are cut out of it. */
function isInBlock(address: string, ipBlock: unknown): boolean {
  const { cidr, except } = record(ipBlock);
  return isInCidr(address, String(cidr)) && !rangeSetOf(list(except)).holds(address);
}

/**
 * Whether a peer of a NetworkPolicy in `namespace` names a pod. "address": the peer is a range of addresses; whether that
 * also means pods is left open by the API, and it decides nothing between two pods of the pod network.
 */
export function matchPeer(peer: JsonRecord, namespace: string, other: Endpoint): PeerMatch {
  if (isRecord(peer.ipBlock) && other.address !== undefined) return isInBlock(other.address, peer.ipBlock) ? "yes" : "no";
  if (isRecord(peer.ipBlock)) return other.kind === "external" && isWorldBlock(peer.ipBlock) && isEveryAddress(String(peer.ipBlock.cidr)) ? "yes" : "address";
  if (list(peer.domainNames).length > 0) return other.kind === "external" ? "address" : "no";
  const hasPods = isRecord(peer.podSelector);
  const hasNamespaces = isRecord(peer.namespaceSelector);
  if ((!hasPods && !hasNamespaces) || other.isHostNetwork || other.kind === "external") return "no";
  if (hasNamespaces ? !matchesSelector(peer.namespaceSelector, other.namespaceLabels) : other.namespace !== namespace) return "no";
  if (!hasPods || isEmptySelector(peer.podSelector)) return "yes";
  if (other.kind === "absent") return "labels";
  const isChosen = selects(peer.podSelector, other);
  return isChosen === null ? "labels" : isChosen ? "yes" : "no";
}
