import { toPart } from "../../model/clause-part";
import type { ClauseText } from "../framework";

/** A policy in each namespace is all that it asks: whether policies close a namespace is another question. */
export const NAMESPACES_HAVE_POLICIES: ClauseText = {
  title: "Every namespace has network policies",
  controls: ["netpol-default-deny-ingress"],
  parts: [toPart("namespace", "any-policy")],
};

/** That policies fit asks more: what they close, and what they leave open. */
export const POLICIES_ARE_ON_AND_FIT: ClauseText = {
  title: "Network policies are on and fit",
  gap: null,
  follows: ["5.3.1"],
  controls: ["netpol-allow-all", "netpol-default-deny-egress", "netpol-default-deny-ingress", "netpol-egress-open", "netpol-ingress-open"],
};
