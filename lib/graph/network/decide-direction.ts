import type { Answer } from "../reason";
import type { ResourceRef } from "../../model/resource-ref";
import { type AdminPolicy, type AdminRule, type AdminTier, matchAdminRule } from "./admin-policy";
import { decide } from "./decision";
import type { Direction, Endpoint, Target } from "./endpoint";
import { hearForeign } from "./foreign-policies";
import { matchPeer, type PeerMatch } from "./match-peer";
import { matchesPort } from "./match-port";
import type { Policy } from "./policy";
import type { PolicyIndex } from "./policy-index";
import { type Side, toSide } from "./side";

function named(ref: ResourceRef): string {
  return `${ref.kind} ${ref.namespace === null ? ref.name : `${ref.namespace}/${ref.name}`}`;
}

const WORDS = { Accept: "accepts", Deny: "denies" } as const;

/** Whether a rule counts that names the other end by an address or labels that are not known. */
type Doubt = "counts" | "counts-not";

/** The first rule that decides; undefined = the tier has no say. */
function decideTier(
  policies: readonly AdminPolicy[],
  direction: Direction,
  other: Endpoint,
  target: Target,
  receiver: Endpoint,
  doubt: Doubt,
): Answer | undefined {
  const isMatch = (rule: AdminRule): boolean => {
    const match = matchAdminRule(rule, other, target, receiver);
    return match === "yes" || (match === "maybe" && doubt === "counts");
  };
  const first = (policy: AdminPolicy): AdminRule | undefined => policy.rules[direction].find(isMatch);
  for (const policy of policies) {
    const rule = first(policy);
    if (!rule) continue;
    const path = `spec.${direction}[${rule.index}]`;
    const rival = policies.find((p) => p !== policy && p.priority === policy.priority && (first(p)?.action ?? rule.action) !== rule.action);
    if (rival) return decide(null, `${named(policy.object.ref)} and ${named(rival.object.ref)} have the same priority and disagree.`, policy.object.ref, path);
    if (rule.action === "Pass") return undefined;
    if (rule.action === "unknown") return decide(null, `A rule of ${named(policy.object.ref)} has an action that is not known.`, policy.object.ref, path);
    return decide(rule.action === "Accept", `${named(policy.object.ref)} ${WORDS[rule.action]} it (${policy.tier} tier).`, policy.object.ref, path);
  }
  return undefined;
}

function decideNetworkPolicies(policies: readonly Policy[], direction: Direction, other: Endpoint, target: Target, receiver: Endpoint): Answer {
  const seen = new Set<PeerMatch>();
  for (const policy of policies) {
    for (const [index, rule] of policy.rules[direction].entries()) {
      if (rule.ports !== null && !rule.ports.some((item) => matchesPort(item, target, receiver))) continue;
      const matches = rule.peers === null ? (["yes"] as const) : rule.peers.map((peer) => matchPeer(peer, policy.namespace, other));
      for (const match of matches) seen.add(match);
      if (seen.has("yes")) return decide(true, `${named(policy.object.ref)} allows it.`, policy.object.ref, `spec.${direction}[${index}]`);
    }
  }
  const names = policies.map((policy) => named(policy.object.ref)).join(", ");
  const object = policies[0]?.object.ref;
  if (seen.has("labels")) return decide(null, `${names}: a rule selects pods by labels, and those of the other end are not known.`, object);
  const isAddress = other.isHostNetwork || other.kind === "external";
  if (seen.has("address") && isAddress) {
    const answer = decide(null, `${names}: a rule with a range of addresses may or may not cover the other end.`, object);
    return other.kind === "external" ? { ...answer, isPartial: true } : answer;
  }
  const hasRange = seen.has("address");
  return decide(
    false,
    `${names} isolates this end, and no rule allows the connection${hasRange ? " (address ranges are not counted between pods)" : ""}.`,
    object,
  );
}

function decideAs({ self, direction, admin, isolating, foreign: heard, isGuess }: Side, other: Endpoint, target: Target, doubt: Doubt): Answer {
  const receiver = direction === "ingress" ? self : other;
  const tier = (name: AdminTier) => decideTier(admin[name], direction, other, target, receiver, doubt);
  const foreign = hearForeign(heard, self, other, direction, target);
  const first = tier("Admin") ?? foreign.before;
  if (first) return first;
  if (isGuess) return decide(null, "The pods of this end are not in the set, and a policy selects by labels.");
  const answer = isolating.length > 0 ? decideNetworkPolicies(isolating, direction, other, target, receiver) : null;
  if (answer?.allowed) return answer;
  if (foreign.after) return foreign.after;
  if (answer) return answer;
  if (foreign.isolatedBy)
    return decide(false, `${named(foreign.isolatedBy.ref)} isolates this end, and no rule allows the connection.`, foreign.isolatedBy.ref);
  return tier("Baseline") ?? decide(true, `No policy isolates this end for ${direction}.`, self.ref);
}

/**
 * What the policies of one end say of a connection: admin tier, then NetworkPolicies, then the baseline tier. Where that depends on
 * whether a rule of a tier names the other end, it cannot be told.
 */
export function decideOn(side: Side, other: Endpoint, target: Target): Answer {
  const { self, direction, admin } = side;
  if (self.kind === "external") return decide(true, "The other end is outside the cluster.");
  if (self.isHostNetwork) return decide(true, "Policies do not apply to pods in the network of their node.", self.ref);
  const answer = decideAs(side, other, target, "counts-not");
  const candidates = other.kind === "absent" ? [...admin.Admin, ...admin.Baseline] : side.doubtful;
  const doubtful = candidates.find((policy) =>
    policy.rules[direction].some((rule) => matchAdminRule(rule, other, target, direction === "ingress" ? self : other) === "maybe"),
  );
  if (!doubtful || decideAs(side, other, target, "counts").allowed === answer.allowed) return answer;
  const told = decide(null, `A rule of ${named(doubtful.object.ref)} may or may not name the other end.`, doubtful.object.ref);
  return other.kind === "external" ? { ...told, isPartial: true } : told;
}

/** Whether the policies of one end let a connection through. */
export function decideDirection(index: PolicyIndex, self: Endpoint, other: Endpoint, direction: Direction, target: Target): Answer {
  return decideOn(toSide(index, self, direction), other, target);
}
