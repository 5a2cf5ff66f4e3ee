import type { Direction } from "../../graph/network/endpoint";
import { findDefaultIsolation } from "../../graph/network/isolation";
import type { NetworkContext } from "../../graph/network/judge-isolation";
import { labelsOf, namespaceLabelsView } from "../../graph/network/namespace-labels";
import { policyIndexView } from "../../graph/network/policy-index";
import type { KubeObject } from "../../inventory/kube-object";
import type { JsonRecord } from "../../model/json";
import type { Patch } from "../../model/patch";
import { apiGroup, resourceKey } from "../../model/resource-ref";
import { freeName } from "./free-name";
import { DNS_NOTE, networkPolicy } from "./network-policy";

/**
 * A policy that closes a namespace in one direction, but for the `rules` of its spec, in place of those that open it again; null where one of these is no
 * NetworkPolicy.
 */
export function denyByDefault({ ref: { name } }: KubeObject, direction: Direction, context: NetworkContext, rules: JsonRecord = {}): Patch | null {
  const voiding = findDefaultIsolation(context.view(policyIndexView), name, labelsOf(context.view(namespaceLabelsView), name), direction).by;
  if (!voiding.every((ref) => ref.kind === "NetworkPolicy" && apiGroup(ref) === "networking.k8s.io")) return null;
  const others = context.slices.networkPolicies.filter(({ ref }) => !voiding.some((gone) => resourceKey(gone) === resourceKey(ref)));
  const spec = { podSelector: {}, policyTypes: [direction === "ingress" ? "Ingress" : "Egress"], ...rules };
  return {
    ops: [],
    create: [networkPolicy(freeName(others, name, `default-deny-${direction}`), name, spec)],
    ...(voiding.length > 0 && { remove: voiding }),
    risk: "may-break",
    note: `Every connection that no other policy allows stops.${direction === "egress" ? ` ${DNS_NOTE}` : ""} Watch it in a test namespace first.`,
  };
}
