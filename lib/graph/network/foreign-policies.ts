import type { KubeObject } from "../../inventory/kube-object";
import type { ResourceRef } from "../../model/resource-ref";
import type { Answer, Reason } from "../reason";
import {
  calicoAppliesTo,
  type CalicoPolicy,
  type CalicoStep,
  isCalico,
  isCalicoTier,
  isNetworkSet,
  isUnclearFor,
  listCalicoOf,
  listCalicoSteps,
  toCalicoPolicy,
  toCalicoTier,
} from "./calico";
import { listApplying } from "./applying-rules";
import { type CalicoLine, type CalicoTiers, lineUpCalico, NETWORK_POLICY_ORDER } from "./calico-lines";
import type { AddressAsk } from "./ask-range";
import { isCidrGroup } from "./cidr-groups";
import {
  appliesTo,
  type CiliumRule,
  isCilium,
  isOfNodes,
  isolates,
  listAppliedTo,
  listCiliumSpecs,
  listRequired,
  listUnreadGroups,
  matchesRules,
  meetsRequirements,
  sectionsOf,
} from "./cilium";
import { decide, decideByAbsence } from "./decision";
import { isEgressFirewall, limitsEgress } from "./egress-firewall";
import type { Direction, Endpoint, Target } from "./endpoint";
import type { Isolation } from "./isolation";
import type { Matched } from "./matched";
import { hostsOf, type HostPolicies, isHostEndpoint, isWithoutHosts, passingOf, toHostPolicies } from "./host-policies";
import { named } from "../../model/named";
import { rememberedOf } from "../../model/remembered";
import { isNodeFirewall } from "./node-firewall";
import { askGap, type PolicyGaps } from "./policy-gaps";
import type { PolicySettings } from "./policy-settings";
import type { Suppositions } from "./suppositions";
import { isTooLong, TOO_LONG } from "./too-long";

/** Policies of other APIs, sorted by how they are read. */
export interface ForeignPolicies {
  readonly cilium: readonly CiliumRule[];
  /** By order. */
  readonly calico: readonly CalicoPolicy[];
  readonly unread: readonly KubeObject[];
  /** What may refuse addresses outside of the pods' networks to pods of its namespace. */
  readonly firewalls: readonly KubeObject[];
  /** What holds for nodes. */
  readonly hosts: HostPolicies;
}

export function toForeignPolicies(
  objects: readonly KubeObject[],
  gaps: PolicyGaps,
  { accounts, ciliumLabels, meansOwnCluster, rangesTakePods, hasHostFirewall, isWhole }: PolicySettings,
): ForeignPolicies {
  const tiers = new Map(
    objects
      .filter(isCalicoTier)
      .map(toCalicoTier)
      .map((tier) => [tier.name, tier]),
  );
  const world = { sets: objects.filter(isNetworkSet), hosts: objects.filter(isHostEndpoint), gaps, accounts };
  const calico = objects.filter((object) => isCalico(object) && !isTooLong(object)).map((object) => toCalicoPolicy(object, tiers, world));
  const { cidrGroup: gap } = gaps;
  const groups = { objects: objects.filter(isCidrGroup), isWhole: isWhole && gap === undefined, gap };
  const cilium = objects
    .filter((object) => isCilium(object) && !isTooLong(object))
    .flatMap((object) => listCiliumSpecs(object, { labels: ciliumLabels, groups, meansOwnCluster, rangesTakePods }));
  const unread = objects.filter(
    (object) =>
      isTooLong(object) ||
      ![isCalico, isCalicoTier, isNetworkSet, isHostEndpoint, isCilium, isCidrGroup, isEgressFirewall, isNodeFirewall].some((isRead) => isRead(object)),
  );
  return {
    cilium: cilium.filter((rule) => !isOfNodes(rule)),
    calico: calico.sort((a, b) => (a.order === b.order ? (a.object.ref.name < b.object.ref.name ? -1 : 1) : a.order - b.order)),
    unread,
    firewalls: objects.filter((object) => isEgressFirewall(object) && limitsEgress(object)),
    hosts: toHostPolicies(objects, gaps, hasHostFirewall, { cilium: cilium.filter(isOfNodes), calico, antrea: unread }),
  };
}

/** The same in a part of a cluster, where sets of addresses may be elsewhere that rules choose. */
export function withUnseenSets(foreign: ForeignPolicies): ForeignPolicies {
  return { ...foreign, calico: foreign.calico.map((policy) => ({ ...policy, world: { ...policy.world, mayHaveMore: true } })) };
}

/** A policy that is not read may be about any pod of its namespace, or of the cluster where it has none. */
function isNear({ ref }: KubeObject, pod: Endpoint): boolean {
  return ref.namespace === null || ref.namespace === pod.namespace;
}

/** Nothing but NetworkPolicies, and those of administrators, has a say. */
export function isWithoutForeign({ cilium, calico, unread, firewalls, hosts }: ForeignPolicies): boolean {
  return [cilium, calico, unread, firewalls].every((list) => list.length === 0) && isWithoutHosts(hosts);
}

/** The policies that apply to a pod, or may apply, in one direction. */
export function foreignOf(foreign: ForeignPolicies, pod: Endpoint, direction: Direction): ForeignPolicies {
  if (isWithoutForeign(foreign)) return foreign;
  const { cilium, calico, hosts } = foreign;
  if (pod.isHostNetwork) return { cilium: [], calico: [], unread: [], firewalls: [], hosts: hostsOf(hosts, direction) };
  const unread = foreign.unread.filter((object) => isNear(object, pod));
  const sections = sectionsOf(direction);
  return {
    unread,
    firewalls: direction === "egress" ? foreign.firewalls.filter(({ ref }) => ref.namespace === pod.namespace) : [],
    cilium: listAppliedTo(cilium, pod).filter((rule) => isolates(rule, direction) || sections.some((name) => rule.spec[name] !== undefined)),
    calico: listCalicoOf(calico, pod).filter((policy) => policy.isolates[direction]),
    hosts: passingOf(hosts, direction),
  };
}

/** Without those that apply to a `bare` pod and not to every pod of its `place`: they hang on labels, or on the account, of a pod. */
export function foreignForAll(foreign: ForeignPolicies, bare: Endpoint, place: Endpoint): ForeignPolicies {
  const isForAll = (applies: (pod: Endpoint) => Matched): boolean => applies(bare) === null || applies(place) === true;
  return {
    ...foreign,
    cilium: foreign.cilium.filter((rule) => isForAll((pod) => appliesTo(rule, pod))),
    calico: foreign.calico.filter((policy) => isForAll((pod) => calicoAppliesTo(policy, pod))),
  };
}

/** What other APIs say before and after NetworkPolicies have their say; undefined = nothing. */
export interface ForeignSay {
  readonly before?: Answer;
  /** `before` comes from a tier that may stand before the admin tier, or after it. */
  readonly isTiered?: true;
  readonly after?: Answer;
  /** Of tiers after that of NetworkPolicies, which are asked where it hands on. */
  readonly last?: Answer;
  readonly isolatedBy?: KubeObject;
  /** A policy hands on to the baseline tier: over NetworkPolicies, or where none of them allows. */
  readonly passes?: "before" | "after";
  /** What may deny whatever allows it, may allow what nothing else does, and may isolate a pod that nothing else does. */
  readonly mayDeny?: Answer;
  readonly mayAllow?: Answer;
  readonly mayIsolate?: Answer;
}

/** `gap`: what could not be read of all that a policy may ask for. */
function unreadable(object: KubeObject, gap?: string): Answer {
  return decide(null, [`${named(object.ref)} asks for something that cannot be told from what was read.`, ...(gap ? [gap] : [])].join(" "), object.ref);
}

function actionUnreadable({ object, world }: CalicoPolicy): Answer {
  return unreadable(object, world.gaps.localSet ?? world.gaps.globalSet ?? world.gaps.hostEndpoint);
}

/** Which addresses outside a policy is about decides; without suppositions that is left open. */
function askOf({ ref }: KubeObject, supposed: Suppositions | null): AddressAsk | null {
  const told = supposed && decide(null, `${named(ref)}: a rule with a range of addresses, or a name, may or may not cover the other end.`, ref);
  return supposed && told && { supposed, doubt: { ...told, isPartial: true } };
}

function sayOfGroups(rule: CiliumRule, direction: Direction): string | undefined {
  const unread = listUnreadGroups(rule, direction);
  if (unread.length === 0) return undefined;
  return [`It names ${unread.join(", ")}, and what that holds was not read.`, ...(rule.groups.gap ? [rule.groups.gap] : [])].join(" ");
}

/** The same of a rule, whatever it is asked about. */
const doubtRule: Readonly<Record<Direction, (rule: CiliumRule) => Answer>> = {
  ingress: rememberedOf((rule) => unreadable(rule.object, sayOfGroups(rule, "ingress"))),
  egress: rememberedOf((rule) => unreadable(rule.object, sayOfGroups(rule, "egress"))),
};

/** Up to version 1.18, what one rule requires narrows whom all others let through. */
function sayRequired({ object: { ref }, path }: CiliumRule): Answer {
  const message = `${named(ref)} requires labels of peers that the other end may lack: up to version 1.18, Cilium asks for them whatever else lets it through.`;
  return decide(null, message, ref, path);
}

function sayOfCilium(rules: readonly CiliumRule[], { self, other, direction, target, supposed }: Asked): ForeignSay {
  const receiver = direction === "ingress" ? self : other;
  const connection = { other, target, receiver };
  const deny = `${direction}Deny`;
  if (rules.length === 0) return {};
  const { byPort, narrowing } = listApplying(rules, self, direction);
  const isDenialNarrowed = narrowing.some((rule) => meetsRequirements(rule, deny, other) !== true);
  let say: ForeignSay = {};
  for (const { rule, applies } of byPort.list([String(target.port)])) {
    const sure = (matched: Matched): Matched => (matched === false ? false : applies && matched);
    const ask = askOf(rule.object, supposed);
    const matched = matchesRules(rule, deny, connection, ask);
    const denied = sure(matched && isDenialNarrowed ? null : matched);
    const allowed = sure(matchesRules(rule, direction, connection, ask));
    const isolated = sure(isolates(rule, direction));
    if (denied) return { before: decide(false, `${named(rule.object.ref)} denies it.`, rule.object.ref, `${rule.path}.${deny}`) };
    if (allowed) say = { ...say, after: decide(true, `${named(rule.object.ref)} allows it.`, rule.object.ref, `${rule.path}.${direction}`) };
    if (isolated) say = { ...say, isolatedBy: rule.object };
    if (meetsRequirements(rule, direction, other) !== true) say = { ...say, mayDeny: sayRequired(rule) };
    if (denied !== null && allowed !== null && isolated !== null) continue;
    const told = doubtRule[direction](rule);
    if (denied === null) say = { ...say, mayDeny: told };
    if (allowed === null) say = { ...say, mayAllow: told };
    if (isolated === null) say = { ...say, mayIsolate: told };
  }
  return say;
}

/** A connection in the eyes of the policies of one end. */
export interface Asked {
  readonly self: Endpoint;
  readonly other: Endpoint;
  readonly direction: Direction;
  readonly target: Target;
  /** Which of its addresses the other end has, where it matters of which of them something is true. */
  readonly supposed: Suppositions | null;
}

interface Step extends CalicoStep {
  readonly policy: CalicoPolicy;
}

/** What policies of one tier do with a connection, or may do, in their order; `sure` = the last, where nothing after it is asked. */
function listSteps(line: CalicoLine, asked: Asked): { readonly steps: readonly Step[]; readonly sure: Step | undefined } {
  const steps: Step[] = [];
  for (const { policy, applies } of line.list([String(asked.target.port)])) {
    const own = listCalicoSteps(policy, asked, askOf(policy.object, asked.supposed));
    steps.push(...own.map(({ action, isSure }) => ({ policy, action, isSure: isSure && applies === true })));
    const last = steps.at(-1);
    if (last?.isSure) return { steps, sure: last };
  }
  return { steps, sure: undefined };
}

/** One of those that may come first and does not do the same, or cannot be read. */
function findRival(steps: readonly Step[], action: CalicoStep["action"]): Step | undefined {
  return steps.find((step) => step.action === null || step.action !== action);
}

/** Tiers beside that of NetworkPolicies, in their order; undefined = they hand on. */
function decideTiers({ unclear, tiers }: CalicoTiers, asked: Asked): Answer | undefined {
  if (unclear) return unreadable(unclear.policy.object, unclear.applies === null ? undefined : unclear.policy.world.gaps.tier);
  for (const { tier, first, line } of tiers) {
    const { steps, sure } = listSteps(line, asked);
    const action = sure?.action ?? tier.defaultAction;
    const rival = findRival(steps, action);
    if (rival) return actionUnreadable(rival.policy);
    if (action === "Pass") continue;
    if (sure) return sayAction(sure.policy, action, asked.direction);
    const ref = first?.ref;
    const message = `${ref ? named(ref) : tier.name} isolates this end, and no rule of tier ${tier.name} allows the connection.`;
    return decideByAbsence(false, message, ref);
  }
  return undefined;
}

function sayOrder({ object: { ref } }: CalicoPolicy): Answer {
  return decide(null, `${named(ref)} denies it and has the order of NetworkPolicies: whether it is asked before them cannot be told.`, ref, "spec.order");
}

function sayAction({ object }: CalicoPolicy, action: "Allow" | "Deny", direction: Direction): Answer {
  return decide(action === "Allow", `${named(object.ref)} ${action === "Deny" ? "denies" : "allows"} it.`, object.ref, `spec.${direction}`);
}

function sayOfCalico(all: readonly CalicoPolicy[], asked: Asked): ForeignSay {
  const { tiered, among } = lineUpCalico(all, asked);
  const before = decideTiers(tiered.before, asked);
  if (before) return { before, isTiered: true };
  const last = decideTiers(tiered.last, asked);
  let say: ForeignSay = last ? { last } : {};
  let earlier: readonly Step[] = [];
  for (const place of ["before", "after"] as const) {
    const { isolating, mayIsolate, line } = among[place];
    if (isolating) say = { ...say, isolatedBy: isolating };
    if (mayIsolate) say = { ...say, mayIsolate: unreadable(mayIsolate) };
    const { steps, sure } = listSteps(line, asked);
    // Of the same order, names decide which is asked first, and what NetworkPolicies are called there is not written down.
    const even = steps.find(({ policy, action }) => action === "Deny" && policy.order === NETWORK_POLICY_ORDER);
    if (even) say = { ...say, mayDeny: even.isSure ? sayOrder(even.policy) : actionUnreadable(even.policy) };
    const blind = sure ? findRival([...earlier, ...steps], sure.action) : steps.find(({ action }) => action === null || action === "Pass");
    if (blind) return { ...say, [place]: actionUnreadable(blind.policy) };
    if (sure)
      return sure.action === "Allow" || sure.action === "Deny"
        ? { ...say, [place]: sayAction(sure.policy, sure.action, asked.direction) }
        : { ...say, passes: place };
    const [allowing, denying] = (["Allow", "Deny"] as const).map((action) => steps.find((step) => step.action === action));
    if (allowing) say = { ...say, mayAllow: actionUnreadable(allowing.policy) };
    if (denying && place === "before") say = { ...say, mayDeny: actionUnreadable(denying.policy) };
    earlier = steps;
  }
  return say;
}

/** What nobody interprets: policies of Antrea come before those of administrators or after NetworkPolicies, by a tier that is not read. Null = there is none. */
export function findUninterpreted(foreign: ForeignPolicies, gaps: PolicyGaps, pod: Endpoint): Reason | null {
  if (gaps.antrea) return { message: gaps.antrea };
  const unread = foreign.unread.find((object) => isNear(object, pod));
  return unread ? { message: `${named(unread.ref)} ${isTooLong(unread) ? TOO_LONG : "could not be interpreted"}.`, object: unread.ref } : null;
}

/** What policies of Cilium and Calico say of one end of a connection, also those that could not be read. */
export function hearForeign(foreign: ForeignPolicies, gaps: PolicyGaps, asked: Asked): ForeignSay {
  const cilium = sayOfCilium(foreign.cilium, asked);
  const calico = foreign.calico.length === 0 ? {} : sayOfCalico(foreign.calico, asked);
  const say: ForeignSay = { ...cilium, ...calico };
  const gap = askGap(gaps.cilium);
  return gap && !say.before ? { ...say, mayDeny: gap, mayAllow: gap, mayIsolate: gap } : say;
}

/** Whether what an object says of a pod hangs on more than on who is at the other end: on what was not read, or on the version of what enforces it. */
export function hangsOnMore(foreign: ForeignPolicies, ref: ResourceRef, pod: Endpoint, direction: Direction): boolean {
  const sections = sectionsOf(direction);
  return (
    foreign.unread.some((object) => object.ref === ref) ||
    foreign.cilium.some(
      (rule) => rule.object.ref === ref && (appliesTo(rule, pod) === null || sections.some((section) => listRequired(rule, section).length > 0)),
    ) ||
    foreign.calico.some((policy) => policy.object.ref === ref && isUnclearFor(policy, pod, direction))
  );
}

export function toUnknown({ message, object }: Reason): Isolation {
  return { state: "unknown", by: object ? [object] : [], reason: message };
}

/** Whether policies of other APIs isolate a pod; null = none of them has a say. */
export function foreignIsolation(foreign: ForeignPolicies, gaps: PolicyGaps, pod: Endpoint, direction: Direction): Isolation | null {
  const uninterpreted = findUninterpreted(foreign, gaps, pod);
  if (uninterpreted) return toUnknown(uninterpreted);
  const cilium = listAppliedTo(foreign.cilium, pod)
    .filter((rule) => isolates(rule, direction))
    .map((rule) => ({ object: rule.object, applies: appliesTo(rule, pod) }));
  const calico = listCalicoOf(foreign.calico, pod)
    .filter(({ isolates: own, tier }) => own[direction] && tier.defaultAction === "Deny")
    .map((policy) => ({ object: policy.object, applies: calicoAppliesTo(policy, pod) && (policy.tier.order === null ? null : true) }));
  const found = [...cilium, ...calico];
  const closing = found.filter(({ applies }) => applies === true).map(({ object }) => object);
  if (closing.length > 0)
    return { state: "isolated", by: closing.map((object) => object.ref), reason: `Selected by ${closing.map(({ ref }) => named(ref)).join(", ")}.` };
  const gap = gaps.calico ?? gaps.cilium;
  if (gap) return { state: "unknown", by: [], reason: gap };
  const open = found.find(({ applies }) => applies === null);
  if (!open) return null;
  const reason = `${named(open.object.ref)} selects by something that was not read.`;
  return { state: "unknown", by: [open.object.ref], reason: isCalico(open.object) && gaps.tier ? `${reason} ${gaps.tier}` : reason };
}
