import { toKindWords } from "../../inventory/slice-kind";
import type { UnreadKind } from "../../inventory/slices";
import type { Answer } from "../reason";
import { decide } from "./decision";
import type { Direction } from "./endpoint";

/** The kinds of policies by what one of their objects could do to an answer. */
const ROLES = {
  /** Decide before everything else. */
  admin: ["ClusterNetworkPolicy", "AdminNetworkPolicy"],
  /** Decide where nothing else does. */
  baseline: ["ClusterNetworkPolicy", "BaselineAdminNetworkPolicy"],
  /** Decide anything, before the admin tier or after it. */
  calico: ["GlobalNetworkPolicy", "CalicoNetworkPolicy"],
  /** Deny what else is allowed, add to what is allowed, isolate, or some of that. */
  cilium: ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "ApplicationNetworkPolicy"],
  /** Isolate outwards, and add to what is allowed there. */
  names: ["FQDNNetworkPolicy"],
  /** Are not interpreted when they are read, either. */
  antrea: ["AntreaNetworkPolicy", "AntreaClusterNetworkPolicy"],
  /** Refuse addresses outside of the pods' networks. */
  firewall: ["EgressFirewall", "EgressNetworkPolicy"],
  /** Say when policies of Calico that name them are asked. */
  tier: ["Tier"],
  /** Are chosen by rules of Calico's policies; those of a namespace by rules that stay in it, too. */
  localSet: ["NetworkSet"],
  globalSet: ["GlobalNetworkSet"],
  /** Are named by rules of Cilium's policies. */
  cidrGroup: ["CiliumCIDRGroup"],
  /** May close what runs in the network of a node. */
  hostEndpoint: ["HostEndpoint"],
  hostCalico: ["GlobalNetworkPolicy"],
  hostCilium: ["CiliumClusterwideNetworkPolicy"],
  hostAntrea: ["AntreaClusterNetworkPolicy"],
  nodeFirewall: ["IngressNodeFirewall"],
} as const satisfies Record<string, readonly string[]>;

type Role = keyof typeof ROLES;

/** What could not be read, in one or two sentences, by what it could do; left out = all of that was read. */
export type PolicyGaps = Readonly<Partial<Record<Role, string>>>;

export const NO_GAPS: PolicyGaps = {};

/** By what it holds: pages and the API, which are bundled apart, share what either has made, and each has a `NO_GAPS`. */
export function hasGaps(gaps: PolicyGaps): boolean {
  for (const _ in gaps) return true;
  return false;
}

/** That objects of these kinds could decide, with the reason why the first of them was not read at the end; null = of none of them. */
export function sayUnread(unread: readonly UnreadKind[]): string | null {
  const [first] = unread;
  if (!first) return null;
  return `${unread.map(toKindWords).join(" and ")} objects could not be read, and one of them may decide this. ${first.reason}`;
}

export function toPolicyGaps(unread: readonly UnreadKind[]): PolicyGaps {
  const roles = Object.entries(ROLES).flatMap(([role, kinds]: readonly [string, readonly string[]]) => {
    const said = sayUnread(unread.filter(({ kind }) => kinds.includes(kind)));
    return said === null ? [] : [[role, said] as const];
  });
  return roles.length === 0 ? NO_GAPS : Object.fromEntries(roles);
}

/** The roles that may decide one direction by themselves, whatever was read. */
const DECIDING: Readonly<Record<Direction, readonly Role[]>> = {
  ingress: ["admin", "calico", "antrea", "cilium", "baseline"],
  egress: ["admin", "calico", "antrea", "cilium", "names", "baseline", "firewall"],
};

/** Those of one direction, where policies of names are as those of Cilium; none where nothing that was not read may decide it. */
export function gapsOf(gaps: PolicyGaps, direction: Direction): PolicyGaps {
  const found = pick(gaps, DECIDING[direction]);
  return found.names === undefined ? found : { cilium: found.names, ...found };
}

/** Those of what runs in the network of a node. Policies of Calico reach it where an interface of a node is declared; those of Cilium by its firewall. */
export function hostGapsOf(gaps: PolicyGaps, hasEndpoints: boolean, hasFirewall: boolean): PolicyGaps {
  return pick(gaps, [
    "hostEndpoint",
    "hostAntrea",
    "nodeFirewall",
    ...(hasEndpoints ? (["hostCalico"] as const) : []),
    ...(hasFirewall ? (["hostCilium"] as const) : []),
  ]);
}

function pick(gaps: PolicyGaps, roles: readonly Role[]): PolicyGaps {
  if (!hasGaps(gaps)) return NO_GAPS;
  const found = roles.flatMap((role) => (gaps[role] === undefined ? [] : [[role, gaps[role]] as const]));
  return found.length === 0 ? NO_GAPS : Object.fromEntries(found);
}

/** The answer where what was not read may decide it; undefined = it may not. */
export function askGap(gap: string | undefined): Answer | undefined {
  return gap === undefined ? undefined : decide(null, gap);
}
