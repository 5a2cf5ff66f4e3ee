import type { KubeObject } from "../../inventory/kube-object";
import type { Answer } from "../reason";
import { calicoAppliesTo, type CalicoPolicy, findCalicoAction, isCalico, toCalicoPolicy } from "./calico";
import { appliesTo, type CiliumRule, isCilium, isolates, listCiliumSpecs, matchesRules } from "./cilium";
import { decide } from "./decision";
import type { Direction, Endpoint, Target } from "./endpoint";
import type { Isolation } from "./isolation";

/** Policies of other APIs, sorted by how they are read. */
export interface ForeignPolicies {
  readonly cilium: readonly CiliumRule[];
  /** By order. */
  readonly calico: readonly CalicoPolicy[];
  readonly unread: readonly KubeObject[];
}

export function toForeignPolicies(objects: readonly KubeObject[]): ForeignPolicies {
  const calico = objects.filter(isCalico).map(toCalicoPolicy);
  return {
    cilium: objects.filter(isCilium).flatMap(listCiliumSpecs),
    calico: calico.sort((a, b) => a.order - b.order || a.object.ref.name.localeCompare(b.object.ref.name)),
    unread: objects.filter((object) => !isCalico(object) && !isCilium(object)),
  };
}

/** A policy that is not read may be about any pod of its namespace, or of the cluster where it has none. */
function isNear({ ref }: KubeObject, pod: Endpoint): boolean {
  return ref.namespace === null || ref.namespace === pod.namespace;
}

/** The policies that apply to a pod, or may apply, in one direction. */
export function foreignOf(foreign: ForeignPolicies, pod: Endpoint, direction: Direction): ForeignPolicies {
  const { cilium, calico } = foreign;
  if (cilium.length + calico.length + foreign.unread.length === 0) return foreign;
  const unread = foreign.unread.filter((object) => isNear(object, pod));
  const sections = [direction, `${direction}Deny`];
  return {
    unread,
    cilium: cilium.filter((rule) => appliesTo(rule, pod) !== false && (isolates(rule, direction) || sections.some((name) => rule.spec[name] !== undefined))),
    calico: calico.filter((policy) => policy.isolates[direction] && calicoAppliesTo(policy, pod) !== false),
  };
}

/** What other APIs say before and after NetworkPolicies have their say; undefined = nothing. */
export interface ForeignSay {
  readonly before?: Answer;
  readonly after?: Answer;
  readonly isolatedBy?: KubeObject;
}

/** In Calico's default tier a NetworkPolicy stands at this place. */
const NETWORK_POLICY_ORDER = 1000;

function named({ ref }: KubeObject): string {
  return `${ref.kind} ${ref.namespace === null ? ref.name : `${ref.namespace}/${ref.name}`}`;
}

function unreadable(object: KubeObject): Answer {
  return decide(null, `${named(object)} asks for something that was not read.`, object.ref);
}

function sayOfCilium(rules: readonly CiliumRule[], self: Endpoint, other: Endpoint, direction: Direction, target: Target): ForeignSay {
  const receiver = direction === "ingress" ? self : other;
  let say: ForeignSay = {};
  for (const rule of rules) {
    const applies = appliesTo(rule, self);
    if (applies === false) continue;
    const denied = matchesRules(rule, `${direction}Deny`, direction, other, target, receiver);
    const allowed = matchesRules(rule, direction, direction, other, target, receiver);
    if (applies === null || (denied === null && !say.before)) {
      if (applies !== null || denied !== false || allowed !== false || isolates(rule, direction))
        say = { ...say, before: say.before ?? unreadable(rule.object) };
      continue;
    }
    if (denied) return { before: decide(false, `${named(rule.object)} denies it.`, rule.object.ref, `${rule.path}.${direction}Deny`) };
    if (isolates(rule, direction)) say = { ...say, isolatedBy: rule.object };
    if (allowed) say = { ...say, after: decide(true, `${named(rule.object)} allows it.`, rule.object.ref, `${rule.path}.${direction}`) };
    else if (allowed === null && say.after?.allowed !== true) say = { ...say, after: unreadable(rule.object) };
  }
  return say;
}

function sayOfCalico(policies: readonly CalicoPolicy[], self: Endpoint, other: Endpoint, direction: Direction, target: Target): ForeignSay {
  let say: ForeignSay = {};
  for (const policy of policies) {
    if (!policy.isolates[direction]) continue;
    const applies = calicoAppliesTo(policy, self);
    if (applies === false) continue;
    const place = policy.order < NETWORK_POLICY_ORDER ? "before" : "after";
    if (applies === null || policy.tier !== "default") return { ...say, [place]: unreadable(policy.object) };
    say = { ...say, isolatedBy: policy.object };
    const action = findCalicoAction(policy, self, other, direction, target);
    if (action === "none") continue;
    if (action === null) return { ...say, [place]: unreadable(policy.object) };
    const word = action === "Deny" ? "denies" : "allows";
    return { ...say, [place]: decide(action !== "Deny", `${named(policy.object)} ${word} it.`, policy.object.ref, `spec.${direction}`) };
  }
  return say;
}

/** What policies of other APIs say of one end of a connection. */
export function hearForeign(foreign: ForeignPolicies, self: Endpoint, other: Endpoint, direction: Direction, target: Target): ForeignSay {
  const [unread] = foreign.unread;
  if (unread) return { before: decide(null, `${named(unread)} could not be interpreted.`, unread.ref) };
  const cilium = sayOfCilium(foreign.cilium, self, other, direction, target);
  return foreign.calico.length === 0 ? cilium : { ...cilium, ...sayOfCalico(foreign.calico, self, other, direction, target) };
}

/** Whether policies of other APIs isolate a pod; null = none of them has a say. */
export function foreignIsolation(foreign: ForeignPolicies, pod: Endpoint, direction: Direction): Isolation | null {
  const unread = foreign.unread.find((object) => isNear(object, pod));
  if (unread) return { state: "unknown", by: [unread.ref], reason: `${named(unread)} could not be interpreted.` };
  const cilium = foreign.cilium.filter((rule) => isolates(rule, direction)).map((rule) => ({ object: rule.object, applies: appliesTo(rule, pod) }));
  const calico = foreign.calico
    .filter((policy) => policy.isolates[direction])
    .map((policy) => ({ object: policy.object, applies: calicoAppliesTo(policy, pod) }));
  const found = [...cilium, ...calico];
  const closing = found.filter(({ applies }) => applies === true).map(({ object }) => object);
  if (closing.length > 0) return { state: "isolated", by: closing.map((object) => object.ref), reason: `Selected by ${closing.map(named).join(", ")}.` };
  const open = found.find(({ applies }) => applies === null);
  return open ? { state: "unknown", by: [open.object.ref], reason: `${named(open.object)} selects by something that was not read.` } : null;
}
