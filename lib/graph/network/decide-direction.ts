import type { Answer } from "../reason";
import type { KubeObject } from "../../inventory/kube-object";
import { isEmptySelector } from "../../inventory/labels/label-selector";
import { type JsonRecord, record } from "../../model/json";
import { type AdminPolicy, type AdminRule, type AdminTier, type Encounter, labelsKey, matchesAdminRule } from "./admin-policy";
import { lineUpAdmin } from "./admin-lines";
import { decide, decideByAbsence } from "./decision";
import { askFirewalls } from "./egress-firewall";
import type { Direction, Endpoint, Target } from "./endpoint";
import { findUninterpreted, type ForeignSay, hearForeign } from "./foreign-policies";
import { selects } from "./label-sight";
import { isAny } from "./matched";
import { askHost, askPassing } from "./host-policies";
import { matchPeer } from "./match-peer";
import { matchesPort } from "./match-port";
import type { Policy } from "./policy";
import { joinWords } from "../../model/join-words";
import { named } from "../../model/named";
import { rememberedOf } from "../../model/remembered";
import type { ResourceRef } from "../../model/resource-ref";
import { askGap } from "./policy-gaps";
import type { PolicyIndex } from "./policy-index";
import { segregate } from "./segregate";
import { isFree, type Side, toSide } from "./side";
import { type Suppositions, weigh } from "./suppositions";

const DISAGREE = "Cluster network policies and Calico's tiers disagree, and which come first depends on their order.";

const WORDS = { Accept: "accepts", Deny: "denies" } as const;

interface Named {
  readonly policy: AdminPolicy;
  readonly rule: AdminRule;
}

/** Whether a policy selects the pods of this end; those that are not in the set may have any label. */
function isSubject(selector: unknown, { ref }: KubeObject, { self }: Pick<Encounter, "self">, supposed: Encounter["supposed"]): boolean {
  if ((self.kind !== "absent" && selects(selector, self) !== null) || isEmptySelector(selector)) return true;
  if (self.kind !== "absent")
    return supposed.ask(`own labels ${JSON.stringify(selector)}`, decide(null, `${named(ref)} selects by a label that Cilium may leave out.`, ref));
  const message = `The pods of this end are not in the set, and ${named(ref)} selects by labels.`;
  return supposed.ask(`own labels ${JSON.stringify(selector)}`, decide(null, message, ref));
}

/** That a rule may or may not name the other end: the same whatever it is asked about. */
const doubtsOf = rememberedOf((policy: AdminPolicy): ((path: string) => Answer) => {
  const object = policy.object.ref;
  const message = `A rule of ${named(object)} may or may not name the other end.`;
  return (path) => decide(null, message, object, path);
});

function findRule(policy: AdminPolicy, direction: Direction, encounter: Encounter): Named | null {
  if (!isSubject(record(policy.subject.pods).podSelector, policy.object, encounter, encounter.supposed)) return null;
  const toDoubt = doubtsOf(policy);
  const rule = policy.rules[direction].find((one) => {
    const told = toDoubt(`spec.${direction}[${one.index}]`);
    return matchesAdminRule(one, encounter, encounter.other.kind === "external" ? { ...told, isPartial: true } : told);
  });
  return rule ? { policy, rule } : null;
}

/** Of policies with one priority any may be applied. */
function chooseRule(found: readonly Named[], direction: Direction, supposed: Encounter["supposed"]): Named | undefined {
  const [first, ...others] = found;
  for (const { policy, rule } of others) {
    if (!first || rule.action === first.rule.action) continue;
    const message = `${named(first.policy.object.ref)} and ${named(policy.object.ref)} have the same priority and disagree.`;
    const doubt = decide(null, message, first.policy.object.ref, `spec.${direction}[${first.rule.index}]`);
    if (supposed.ask(`first ${policy.object.ref.kind} ${policy.object.ref.name}`, doubt)) return { policy, rule };
  }
  return first;
}

/** The first rule that decides; undefined = the tier has no say. */
function decideTier(all: readonly AdminPolicy[], direction: Direction, encounter: Encounter): Answer | undefined {
  if (all.length === 0) return undefined;
  const policies = lineUpAdmin(all, { ...encounter, direction }).list([String(encounter.target.port)]);
  for (let i = 0; i < policies.length; ) {
    const priority = policies[i]?.priority;
    const equal: AdminPolicy[] = [];
    for (let policy = policies[i]; policy && policy.priority === priority; policy = policies[i]) {
      equal.push(policy);
      i += 1;
    }
    const found = equal.flatMap((policy) => findRule(policy, direction, encounter) ?? []);
    const chosen = chooseRule(found, direction, encounter.supposed);
    if (!chosen) continue;
    const { policy, rule } = chosen;
    const path = `spec.${direction}[${rule.index}]`;
    if (rule.action === "Pass") return undefined;
    if (rule.action === "unknown") return decide(null, `A rule of ${named(policy.object.ref)} has an action that is not known.`, policy.object.ref, path);
    return decide(rule.action === "Accept", `${named(policy.object.ref)} ${WORDS[rule.action]} it (${policy.tier} tier).`, policy.object.ref, path);
  }
  return undefined;
}

const UNKNOWN = {
  labels: "a rule selects pods by labels, and those of the other end are not known",
  ports: "a rule names a port, and what the ports of the receiving pod are called is not known",
  range: "a rule with a range of addresses, or a name, may or may not cover the other end",
} as const;

/** That a rule hangs on what is not known of the other end. */
function doubtRule({ object: { ref } }: Policy, path: string, other: Endpoint, what: keyof typeof UNKNOWN): Answer {
  const why = what === "labels" && other.mayLack ? ": Cilium may leave some out" : "";
  const told = decide(null, `${named(ref)}: ${UNKNOWN[what]}${why}.`, ref, path);
  return what === "range" && other.kind === "external" ? { ...told, isPartial: true } : told;
}

/** "NetworkPolicy shop/deny isolates", "NetworkPolicies shop/deny and shop/inside isolate" */
function isolatingWords(refs: readonly ResourceRef[]): string {
  const [first] = refs;
  if (first !== undefined && refs.length === 1) return `${named(first)} isolates`;
  return `NetworkPolicies ${joinWords(refs.map(({ namespace, name }) => `${namespace ?? "default"}/${name}`))} isolate`;
}

function decideNetworkPolicies(policies: readonly Policy[], direction: Direction, encounter: Encounter): Answer {
  const { other, target, receiver, supposed } = encounter;
  let ofRange: Answer | undefined;
  for (const policy of policies) {
    for (const [index, rule] of policy.rules[direction].entries()) {
      const isPort = rule.ports === null || isAny(rule.ports.map((item) => matchesPort(item, target, receiver)));
      if (isPort === false) continue;
      const path = `spec.${direction}[${index}]`;
      const doubt = (what: keyof typeof UNKNOWN) => doubtRule(policy, path, other, what);
      const isNamed = (peer: JsonRecord): boolean => {
        const match = matchPeer(peer, policy.namespace, other);
        if (match === "address") ofRange ??= doubt("range");
        return match === "yes" || (match === "labels" && supposed.ask(labelsKey(peer.podSelector), doubt("labels")));
      };
      const isPeer = rule.peers?.some(isNamed) ?? true;
      if (isPeer && (isPort || supposed.ask(`ports ${JSON.stringify(rule.ports)}`, doubt("ports"))))
        return decide(true, `${named(policy.object.ref)} allows it.`, policy.object.ref, path);
    }
  }
  if (ofRange && (other.isHostNetwork || other.kind === "external")) return ofRange;
  return decideByAbsence(
    false,
    `${isolatingWords(policies.map(({ object }) => object.ref))} this end, and no rule allows the connection${ofRange ? " (address ranges are not counted between pods)" : ""}.`,
    policies[0]?.object.ref,
  );
}

/** Of a pod that Cilium isolates without a policy; what comes from a node hangs on which node that is. */
function decideClosed({ ref }: Pick<KubeObject, "ref">, other: Endpoint, direction: Direction): Answer {
  const message = `${named(ref)} tells Cilium to isolate every pod, and no rule allows the connection for ${direction}.`;
  return other.isHostNetwork ? decide(null, message, ref) : decideByAbsence(false, message, ref);
}

function decideFree({ self, direction }: Pick<Side, "self" | "direction">): Answer {
  return decideByAbsence(true, `No policy isolates this end for ${direction}.`, self.ref);
}

function decideAs(
  { self, direction, admin, isolating, foreign: heard, closedBy, gaps }: Side,
  other: Endpoint,
  target: Target,
  supposed: Suppositions,
  hasAddress: boolean,
): Answer {
  const early = askGap(gaps.admin ?? gaps.calico);
  if (early) return early;
  const uninterpreted = findUninterpreted(heard, gaps, self);
  if (uninterpreted) return decide(null, uninterpreted.message, uninterpreted.object);
  const encounter = { self, other, receiver: direction === "ingress" ? self : other, target, supposed };
  const tier = (name: AdminTier) => decideTier(admin[name], direction, encounter);
  const foreign = hearForeign(heard, gaps, { self, other, direction, target, supposed: hasAddress ? supposed : null });
  const ruled = tier("Admin");
  if (ruled && foreign.isTiered && foreign.before?.allowed !== ruled.allowed) return decide(null, DISAGREE, ruled.because[0]?.object);
  const first = ruled ?? foreign.before;
  if (first) return first;
  const last = (): Answer => {
    const baseline = askGap(gaps.baseline) ?? tier("Baseline");
    if (baseline && foreign.last && baseline.allowed !== foreign.last.allowed) return decide(null, DISAGREE, baseline.because[0]?.object);
    const told = baseline ?? foreign.last;
    if (!told) return closedBy ? decideClosed(closedBy, other, direction) : decideFree({ self, direction });
    // It is asked since no NetworkPolicy decided, unless a rule went past all of them.
    return foreign.passes === "before" ? told : { ...told, isByAbsence: true };
  };
  const own = isolating.filter((policy) => isSubject(policy.podSelector, policy.object, encounter, supposed));
  const isClosed = closedBy !== undefined && own.length === 0 && !foreign.isolatedBy;
  const middle = (): Answer | undefined => (isClosed ? (foreign.after ?? foreign.mayAllow) : decideMiddle(own, foreign, encounter, direction));
  const answer = (foreign.passes === "before" ? undefined : middle()) ?? last();
  return answer.allowed === false ? answer : (foreign.mayDeny ?? answer);
}

/** NetworkPolicies, and policies of other APIs that add to what they allow; undefined = nothing isolates the pod. */
function decideMiddle(own: readonly Policy[], foreign: ForeignSay, encounter: Encounter, direction: Direction): Answer | undefined {
  const answer = own.length > 0 ? decideNetworkPolicies(own, direction, encounter) : undefined;
  if (answer?.allowed) return answer;
  if (foreign.after) return foreign.after;
  if (foreign.passes) return foreign.mayAllow;
  const { isolatedBy, mayAllow } = foreign;
  if (!answer && !isolatedBy) return foreign.mayIsolate;
  if (mayAllow) return mayAllow;
  return (
    answer ?? decideByAbsence(false, `${named(isolatedBy?.ref ?? encounter.self.ref)} isolates this end, and no rule allows the connection.`, isolatedBy?.ref)
  );
}

/**
 * What the policies of one end say of a connection: admin tier, then NetworkPolicies, then the baseline tier. Where that depends on
 * what is not known of the other end, it cannot be told. Networks that are apart come before all of them.
 */
export function decideOn(side: Side, other: Endpoint, target: Target): Answer {
  const { self, direction } = side;
  const [sender, receiver] = direction === "egress" ? [self, other] : [other, self];
  const apart = segregate(sender, receiver, target);
  if (apart?.allowed === false) return apart;
  const told = decideByPolicies(side, other, target);
  const answer = told.allowed === true ? (askFirewalls(side.foreign.firewalls, side.gaps, self, other, target) ?? askPassing(side) ?? told) : told;
  return apart && answer.allowed !== false ? apart : answer;
}

/** Policies of pods do not reach what is in the network of a node; those of nodes may. */
function decideHost({ self, direction, foreign: { hosts }, gaps, closedBy }: Side, other: Endpoint, target: Target): Answer {
  const held = askHost({ hosts, gaps, closedBy }, self, other, direction, target);
  return held ?? decideByAbsence(true, "Policies do not apply to pods in the network of their node.", self.ref);
}

function decideByPolicies(side: Side, other: Endpoint, target: Target): Answer {
  const { self } = side;
  if (self.kind === "external") return decide(true, "The other end is outside the cluster.");
  if (self.isHostNetwork) return decideHost(side, other, target);
  if (isFree(side) && !side.closedBy) return decideFree(side);
  const told = weigh((supposed) => decideAs(side, other, target, supposed, false));
  const answer = told.allowed === null ? (findPart(side, other, target) ?? told) : told;
  return side.direction === "ingress" && other.isHostNetwork ? heedOwnNode(answer) : answer;
}

/** Of what is outside, ranges of the policies of other APIs decide address by address: what is true of some and not of others. */
function findPart(side: Side, other: Endpoint, target: Target): Answer | null {
  const { cilium, calico } = side.foreign;
  if (other.kind !== "external" || other.address !== undefined || cilium.length + calico.length === 0) return null;
  const answer = weigh((supposed) => decideAs(side, other, target, supposed, true));
  return answer.allowed === null && !answer.isPartial ? null : answer;
}

/**
 * "... OR if the traffic source is the pod's local node" (NetworkPolicySpec.ingress): what is closed is open to the node that the pod runs
 * on, unless a rule denies that; and where the two pods run is not known.
 */
function heedOwnNode(answer: Answer): Answer {
  const [reason] = answer.because;
  if (answer.allowed !== false || !reason || reason.path?.endsWith("Deny")) return answer;
  const message = `${reason.message} The node that the receiving pod runs on is let in all the same.`;
  return { allowed: null, because: [{ ...reason, message }], isPartial: true };
}

/** Whether the policies of one end let a connection through. */
export function decideDirection(index: PolicyIndex, self: Endpoint, other: Endpoint, direction: Direction, target: Target): Answer {
  return decideOn(toSide(index, self, direction), other, target);
}
