import { isEmptySelector } from "../../inventory/labels/label-selector";
import { isRecord, record, texts } from "../../model/json";
import { named } from "../../model/named";
import { rememberedOf } from "../../model/remembered";
import type { ResourceRef } from "../../model/resource-ref";
import { type AdminPolicy, type AdminRule, isEveryPod } from "./admin-policy";
import type { Direction, Endpoint } from "./endpoint";
import { findUninterpreted, foreignForAll, foreignIsolation, toUnknown } from "./foreign-policies";
import { findOpening } from "./find-opening";
import { selects } from "./label-sight";
import { isEveryAddress } from "./match-peer";
import { isApplicationPolicy, isEveryPort, type Policy } from "./policy";
import { gapsOf } from "./policy-gaps";
import { listAdmin, listIsolating, type PolicyIndex } from "./policy-index";
import { listSole } from "./side";

/** `internal`: closed to sources in the cluster only; of incoming traffic, since rules about it cannot name any other. */
export interface Isolation {
  readonly state: "isolated" | "internal" | "open" | "unknown";
  readonly by: readonly ResourceRef[];
  readonly reason: string;
  /** A policy that closes the pod in name only: it allows everything. */
  readonly voidedBy?: ResourceRef;
}

/** Whether a rule means every pod; one that denies outgoing traffic closes nothing before it means every address. */
function coversEveryone(rule: AdminRule, direction: Direction): boolean {
  return (
    rule.ports === null &&
    rule.peers.some((peer) => {
      if (texts(peer.networks).some(isEveryAddress)) return true;
      if (direction === "egress" && rule.action === "Deny") return false;
      return isEveryPod(peer);
    })
  );
}

type TierAnswer =
  | { readonly action: "Accept" | "Deny"; readonly by: ResourceRef }
  | { readonly action: "unclear"; readonly by: ResourceRef; readonly reason: string };

/** The first rule of a policy that is about every pod. */
function findWholeRule(policy: AdminPolicy, direction: Direction): AdminRule | undefined {
  return policy.rules[direction].find((rule) => coversEveryone(rule, direction));
}

/** What a tier says of traffic from or to every pod; null = it leaves that open. Between equal priorities nothing decides. */
function tierAnswer(policies: readonly AdminPolicy[], pod: Endpoint, direction: Direction): TierAnswer | null {
  for (const policy of policies) {
    const rule = findWholeRule(policy, direction);
    if (!rule) continue;
    const isDisputed = policies.some(
      (other) => other !== policy && other.priority === policy.priority && (findWholeRule(other, direction)?.action ?? rule.action) !== rule.action,
    );
    const by = policy.object.ref;
    if (isDisputed) return { action: "unclear", by, reason: `${by.kind} ${by.name} and another of the same priority disagree about traffic of every pod.` };
    if (selects(record(policy.subject.pods).podSelector, pod) === null)
      return { action: "unclear", by, reason: `${by.kind} ${by.name} selects by a label that Cilium may leave out.` };
    return rule.action === "Accept" || rule.action === "Deny" ? { action: rule.action, by } : null;
  }
  return null;
}

function unclear({ by, reason }: TierAnswer & { readonly action: "unclear" }): Isolation {
  return { state: "unknown", by: [by], reason };
}

/** What isolates pods of which NetworkPolicies alone decide. */
const soleIsolation = {
  ingress: rememberedOf((isolating: readonly Policy[]) => isolationBy(isolating, "ingress") ?? leaveOpen("ingress")),
  egress: rememberedOf((isolating: readonly Policy[]) => isolationBy(isolating, "egress") ?? leaveOpen("egress")),
};

/** Whether policies close a pod by default in one direction, whatever they then allow, unless they allow everything. */
export function findIsolation(index: PolicyIndex, pod: Endpoint, direction: Direction): Isolation {
  const sole = listSole(index, pod, direction);
  if (sole) return soleIsolation[direction](sole);
  const found = findClosing(index, pod, direction);
  const opening = found.state === "isolated" && !found.voidedBy ? findOpening(index, pod, direction) : null;
  if (opening === null) return found;
  const { state, because } = opening;
  const reason = state === "unknown" ? because.message : `${because.message} It does so for everybody, whatever other policies close.`;
  return { state, by: because.object ? [because.object] : [], reason };
}

function findClosing(index: PolicyIndex, pod: Endpoint, direction: Direction): Isolation {
  const gaps = gapsOf(index.gaps, direction);
  if (gaps.admin) return { state: "unknown", by: [], reason: gaps.admin };
  const admin = tierAnswer(listAdmin(index, "Admin", pod, direction), pod, direction);
  const uninterpreted = admin?.action === "Accept" ? findUninterpreted(index.foreign, gaps, pod) : null;
  if (uninterpreted) return toUnknown(uninterpreted);
  if (admin?.action === "Accept")
    return { state: "open", by: [admin.by], reason: `${admin.by.kind} ${admin.by.name} accepts traffic of every pod, whatever NetworkPolicies say.` };
  if (admin?.action === "unclear") return unclear(admin);
  // Only of a pod with labels that may not count it hangs on them.
  const chosen = Map.groupBy(listIsolating(index, pod, direction), ({ podSelector }) => !pod.mayLack || selects(podSelector, pod) !== null);
  const [isolating, doubtful] = [chosen.get(true) ?? [], chosen.get(false) ?? []];
  const found = findSureClosing(index, pod, direction, { admin, isolating });
  // One that may select the pod closes no more than is closed already, but it may open that.
  const [doubt] = found.state === "isolated" ? doubtful.filter((policy) => admin === null && allowsEverything(policy, direction)) : doubtful;
  if (!doubt || found.voidedBy) return found;
  return { state: "unknown", by: [doubt.object.ref], reason: `NetworkPolicy ${doubt.object.ref.name} selects by a label that Cilium may leave out.` };
}

/** Null = no NetworkPolicy isolates it. */
function isolationBy(isolating: readonly Policy[], direction: Direction, admin: TierAnswer | null = null): Isolation | null {
  if (isolating.length === 0) return null;
  const policies = isolating.map((policy) => policy.object.ref);
  const voids = admin === null ? isolating.filter((policy) => allowsEverything(policy, direction)) : [];
  const voiding = voids.find(({ object }) => !isApplicationPolicy(object));
  const [opening] = voids;
  if (opening && !voiding) return { state: "open", by: [opening.object.ref], reason: `${named(opening.object.ref)} allows everything.` };
  const reason = `Selected by ${policies.map((ref) => ref.name).join(", ")}.`;
  return { state: "isolated", by: policies, reason, ...(voiding && { voidedBy: voiding.object.ref }) };
}

function leaveOpen(direction: Direction): Isolation {
  return { state: "open", by: [], reason: `No policy selects it for ${direction}.` };
}

function findSureClosing(
  index: PolicyIndex,
  pod: Endpoint,
  direction: Direction,
  { admin, isolating }: { readonly admin: TierAnswer | null; readonly isolating: readonly Policy[] },
): Isolation {
  const gaps = gapsOf(index.gaps, direction);
  const closed = isolationBy(isolating, direction, admin);
  if (closed) return closed;
  const foreign = foreignIsolation(index.foreign, gaps, pod, direction);
  if (foreign) return foreign;
  if (!admin && gaps.baseline) return { state: "unknown", by: [], reason: gaps.baseline };
  const denial = admin ?? tierAnswer(listAdmin(index, "Baseline", pod, direction), pod, direction);
  if (denial?.action === "unclear") return unclear(denial);
  if (denial?.action === "Deny") {
    const denied = `${denial.by.kind} ${denial.by.name} denies traffic`;
    if (direction === "egress") return { state: "isolated", by: [denial.by], reason: `${denied} to every address.` };
    return { state: "internal", by: [denial.by], reason: `${denied} of every pod in the cluster; sources outside are not covered.` };
  }
  return leaveOpen(direction);
}

/** Whether a policy closes the pods that it selects and opens them again by a rule for any peer on any port. */
export function allowsEverything(policy: Policy, direction: Direction): boolean {
  return policy.isolates[direction] && policy.rules[direction].some((rule) => rule.peers === null && isEveryPort(rule));
}

/** Whether pods of a namespace are closed from the moment they are made: by a policy for all pods, not voided by another. */
export function findDefaultIsolation(index: PolicyIndex, namespace: string, namespaceLabels: Endpoint["namespaceLabels"], direction: Direction): Isolation {
  const forAll = (index.byNamespace.get(namespace) ?? []).filter((policy) => policy.isolates[direction] && isEmptySelector(policy.podSelector));
  const ref = { apiVersion: "v1", kind: "Namespace", namespace: null, name: namespace };
  const place: Endpoint = { ref, namespace, labels: {}, namespaceLabels, isHostNetwork: false, kind: "absent", namedPorts: [] };
  const { kind: _, ...bare } = place;
  const anyPod: Endpoint = { ...bare, account: "" };
  const isWhole = (policy: AdminPolicy) =>
    isRecord(policy.subject.namespaces) || (isRecord(policy.subject.pods) && isEmptySelector(policy.subject.pods.podSelector));
  const whole: PolicyIndex = {
    byNamespace: new Map([[namespace, forAll]]),
    admin: { Admin: index.admin.Admin.filter(isWhole), Baseline: index.admin.Baseline.filter(isWhole) },
    foreign: foreignForAll(index.foreign, anyPod, place),
    gaps: index.gaps,
  };
  const found = findIsolation(whole, anyPod, direction);
  const { voidedBy } = found;
  if (voidedBy) return { state: "open", by: [voidedBy], reason: `${voidedBy.name} allows everything, which undoes any NetworkPolicy that denies.` };
  return found.state === "open" && found.by.length === 0 ? { ...found, reason: `No policy covers every pod of the namespace for ${direction}.` } : found;
}
