import { records } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { apiGroup, type ResourceRef } from "../../model/resource-ref";
import type { Reason } from "../reason";
import { appliesTo, type CiliumRule, isolates, listRequired, listSolePorts, sectionsOf } from "./cilium";
import { decideOn } from "./decide-direction";
import type { Direction, Endpoint } from "./endpoint";
import { toUnseenEndpoint } from "./endpoints";
import { hangsOnMore } from "./foreign-policies";
import type { PolicyIndex } from "./policy-index";
import { portCutsOf, resolveCuts } from "./port-cuts-of";
import { PROTOCOLS } from "./port-span";
import { hasNetworkPoliciesAlone, type Side, toSide } from "./side";
import { askedPort, cutsFor, keyOfPolicies, prepareSide, type SpanVerdict, toVerdict, type Verdict } from "./side-verdicts";

/** Nobody in particular: any address outside, and a pod of which nothing is known. */
const ANYBODY: readonly Endpoint[] = ["external", "-/Pod/-"].flatMap((name) => toUnseenEndpoint(name, new Map()) ?? []);

const FIRST_PORT = { port: 1, protocol: PROTOCOLS[0] };

function isNetworkPolicy(object: ResourceRef | undefined): boolean {
  return object?.kind === "NetworkPolicy" && apiGroup(object) === "networking.k8s.io";
}

/** What opens a pod, or may: one that was not read, or that nobody interprets. */
export interface Opening {
  readonly state: "open" | "unknown";
  readonly because: Reason;
}

/** Of pods with the same policies and ports: what is told of one holds for all of them. */
const openingsOf = rememberedOf((_index: PolicyIndex) => new Map<string, Opening | null>());

/** Of a pod that policies close in a direction: the one of another API that lets everybody through all the same, on every port; null = none. */
export function findOpening(index: PolicyIndex, pod: Endpoint, direction: Direction): Opening | null {
  if (pod.isHostNetwork) return null;
  const side = toSide(index, pod, direction);
  const { admin, antrea, calico, cilium } = side.gaps;
  if (hasNetworkPoliciesAlone(side) && (admin ?? antrea ?? calico ?? cilium) === undefined) return null;
  const policies = keyOfPolicies(side);
  if (policies === null) return weighOpening(index, side);
  const openings = openingsOf(index);
  const key = `${direction}|${policies}|${JSON.stringify([pod.namedPorts, pod.namespaceLabels])}`;
  const found = openings.get(key);
  if (found !== undefined) return found;
  const opening = weighOpening(index, side);
  if (opening?.because.object !== pod.ref) openings.set(key, opening);
  return opening;
}

/** Without rules of Cilium that do nothing but allow single ports: what is open to everybody on every port is so without them. Null = there are none. */
function withoutSolePorts(side: Side): Side | null {
  const { self, direction, foreign, closedBy } = side;
  const { cilium, calico } = foreign;
  if (calico.length > 0 || closedBy) return null;
  const sections = sectionsOf(direction);
  const lastIsolating = cilium.findLast((rule) => isolates(rule, direction) && appliesTo(rule, self) === true);
  const isSole = (rule: CiliumRule): boolean =>
    rule !== lastIsolating &&
    records(rule.spec[sections[1]]).length === 0 &&
    sections.every((section) => listRequired(rule, section).length === 0) &&
    listSolePorts(rule, direction) !== null &&
    appliesTo(rule, self) === true;
  const others = cilium.filter((rule) => !isSole(rule));
  return others.length === cilium.length ? null : { ...side, foreign: { ...foreign, cilium: others } };
}

function isOpenToAll(side: Side): boolean {
  const cuts = portCutsOf(side);
  const receiverOf = (other: Endpoint): Endpoint => (side.direction === "ingress" ? side.self : other);
  return ANYBODY.every((other) =>
    resolveCuts(cuts, receiverOf(other))
      .toSpans(PROTOCOLS)
      .every((span) => decideOn(side, other, askedPort(span)).allowed === true),
  );
}

function toOpening(because: Reason | undefined): Opening | null {
  // Whether NetworkPolicies by themselves allow everything is told from each of them.
  return because && !isNetworkPolicy(because.object) ? { state: "open", because } : null;
}

function weighOpening(index: PolicyIndex, side: Side): Opening | null {
  const { self, direction, foreign } = side;
  const wide = withoutSolePorts(side);
  if (wide && isOpenToAll(wide)) return toOpening(ANYBODY.flatMap((other) => decideOn(side, other, FIRST_PORT).because)[0]);
  const prepared = prepareSide(side, false);
  const said: { readonly verdict: Verdict; readonly because: readonly Reason[] }[] = [];
  for (const other of ANYBODY) {
    let last: SpanVerdict | undefined;
    for (const span of cutsFor(prepared, other).toSpans(PROTOCOLS)) {
      const answer = decideOn(side, other, askedPort(span));
      const verdict = toVerdict(answer);
      // Nearly always the first: what else is asked of anybody then tells nothing.
      if (verdict === "closed" || verdict === "some") return null;
      const isMore = last?.verdict === verdict && last.span.protocol === span.protocol;
      if (!isMore) said.push({ verdict, because: answer.because.slice(0, 1) });
      last = { span, verdict };
    }
  }
  const reasonsOf = (wanted: (verdict: Verdict) => boolean): readonly Reason[] => said.flatMap(({ verdict, because }) => (wanted(verdict) ? because : []));
  const doubts = reasonsOf((verdict) => verdict !== "allowed");
  if (doubts.length > 0) {
    const gaps = Object.values(index.gaps);
    const isUnread = ({ message, object }: Reason): boolean =>
      gaps.some((gap) => message.includes(gap)) || (object !== undefined && hangsOnMore(foreign, object, self, direction));
    const because = doubts.find(isUnread);
    return because ? { state: "unknown", because } : null;
  }
  return toOpening(reasonsOf(() => true)[0]);
}
