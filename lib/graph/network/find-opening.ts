import { apiGroup, type ResourceRef } from "../../model/resource-ref";
import type { Reason } from "../reason";
import { decideOn } from "./decide-direction";
import type { Direction, Endpoint } from "./endpoint";
import { toUnseenEndpoint } from "./endpoints";
import type { PolicyIndex } from "./policy-index";
import { PortCuts, PROTOCOLS } from "./port-span";
import { hasNetworkPoliciesAlone, toSide } from "./side";
import { askedPort, decideSpans, prepareSide, type Verdict, VerdictPool } from "./side-verdicts";

/** Nobody in particular: any address outside, and a pod of which nothing is known. */
const ANYBODY: readonly Endpoint[] = ["external", "-/Pod/-"].flatMap((name) => toUnseenEndpoint(name, new Map()) ?? []);

function isNetworkPolicy(object: ResourceRef | undefined): boolean {
  return object?.kind === "NetworkPolicy" && apiGroup(object) === "networking.k8s.io";
}

/** What opens a pod, or may: one that was not read, or that nobody interprets. */
export interface Opening {
  readonly state: "open" | "unknown";
  readonly because: Reason;
}

/** Of a pod that policies close in a direction: the one of another API that lets everybody through all the same, on every port; null = none. */
export function findOpening(index: PolicyIndex, pod: Endpoint, direction: Direction): Opening | null {
  if (pod.isHostNetwork) return null;
  const side = toSide(index, pod, direction);
  const { admin, antrea, calico, cilium } = side.gaps;
  if (hasNetworkPoliciesAlone(side) && (admin ?? antrea ?? calico ?? cilium) === undefined) return null;
  const prepared = prepareSide(side, false);
  const pool = new VerdictPool(PROTOCOLS, new PortCuts().toSpans(PROTOCOLS));
  const said = ANYBODY.map((other) => decideSpans(prepared, other, pool));
  if (said.some(({ spans }) => spans.some(({ verdict }) => verdict === "closed" || verdict === "some"))) return null;
  const reasonsOf = (wanted: (verdict: Verdict) => boolean): readonly Reason[] =>
    ANYBODY.flatMap((other, at) =>
      (said[at]?.spans ?? []).flatMap(({ span, verdict }) => (wanted(verdict) ? decideOn(side, other, askedPort(span)).because.slice(0, 1) : [])),
    );
  const doubts = reasonsOf((verdict) => verdict !== "allowed");
  if (doubts.length > 0) {
    const gaps = Object.values(index.gaps);
    const isUnread = ({ message, object }: Reason): boolean =>
      gaps.some((gap) => message.includes(gap)) || side.foreign.unread.some(({ ref }) => ref === object);
    const because = doubts.find(isUnread);
    return because ? { state: "unknown", because } : null;
  }
  const [because] = reasonsOf(() => true);
  // Whether NetworkPolicies by themselves allow everything is told from each of them.
  return because && !isNetworkPolicy(because.object) ? { state: "open", because } : null;
}
