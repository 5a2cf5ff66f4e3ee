import { firstFree, freeName } from "../../controls/remedies/free-name";
import { networkPolicy } from "../../controls/remedies/network-policy";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { type Context, defineView } from "../../inventory/view";
import { labelledWorkloadsView } from "../../inventory/workloads/labelled-workloads";
import { namespaceWorkloadsView } from "../../inventory/workloads/namespace-workloads";
import type { PodView, Workload } from "../../inventory/workloads/workload";
import { type JsonRecord, record, text, texts } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import type { Reason } from "../reason";
import { type ComposedRule, composeRules } from "./compose-rules";
import type { Direction, Endpoint } from "./endpoint";
import { podEndpointView } from "./endpoints";
import { allowsEverything, findDefaultIsolation } from "./isolation";
import { listEgressNeeds } from "./list-egress-needs";
import { type Callers, listIngressNeeds, type NeedSlices } from "./list-ingress-needs";
import { labelSightView } from "./label-sight";
import { labelsOf, namespaceLabelsView } from "./namespace-labels";
import { ownSelectorOf } from "./own-selector";
import type { PolicyNeed } from "./policy-need";
import { policyIndexView } from "./policy-index";
import { toSide } from "./side";

export type ProposeContext = Context<NeedSlices | "networkPolicies" | "otherNetworkPolicies" | "podNetworks" | "configMaps">;

/** A NetworkPolicy that closes what nothing asks for. */
export interface ProposedPolicy {
  readonly body: JsonRecord;
  /** In the order of its lists: ingress first. */
  readonly rules: readonly ComposedRule[];
  /** The workloads that it selects. */
  readonly targets: readonly ResourceRef[];
}

/** A direction of some workloads that is left as it is, and why. */
interface SkippedDirection extends Reason {
  readonly directions: readonly Direction[];
}

export interface Proposal {
  /** Whom its policies let in to Services. */
  readonly callers: Callers;
  readonly policies: readonly ProposedPolicy[];
  readonly skipped: readonly SkippedDirection[];
}

/** All that a workload must still be let through. */
export function listNeeds(context: Context<NeedSlices>, workload: Workload, callers: Callers): readonly PolicyNeed[] {
  return [...listIngressNeeds(context, workload, callers), ...listEgressNeeds(context, workload, callers)];
}

function endpointOf(context: ProposeContext, workload: Workload, pod: PodView): Endpoint {
  return context.view(podEndpointView)(workload, pod);
}

const BOTH = ["ingress", "egress"] as const;

/** Policies only add: where one selects a pod already, another can close nothing; beside other policy APIs it may even open. */
function findObstacle(context: ProposeContext, workloads: readonly Workload[], direction: Direction): Reason | null {
  const index = context.view(policyIndexView);
  for (const workload of workloads)
    for (const pod of workload.views()) {
      const { admin, isolating, foreign, gaps } = toSide(index, endpointOf(context, workload, pod), direction);
      const voiding = isolating.find((policy) => allowsEverything(policy, direction));
      if (voiding)
        return {
          message: `${voiding.object.ref.kind} ${voiding.object.ref.name} allows everything, whatever another policy says: remove it first.`,
          object: voiding.object.ref,
        };
      const [closing] = isolating;
      if (closing)
        return {
          message: `${closing.object.ref.kind} ${closing.object.ref.name} selects it already; another policy could only add to what it allows.`,
          object: closing.object.ref,
        };
      const other = [...foreign.unread, ...foreign.cilium.map((rule) => rule.object), ...foreign.calico.map((policy) => policy.object)][0];
      const beside = other ?? admin.Baseline[0]?.object;
      if (beside)
        return { message: `${beside.ref.kind} ${beside.ref.name} decides here; a NetworkPolicy beside it could open what it closes.`, object: beside.ref };
      const gap = gaps.admin ?? gaps.antrea ?? gaps.cilium ?? gaps.calico ?? gaps.baseline;
      if (gap) return { message: `What a NetworkPolicy would open or close here cannot be told. ${gap}` };
    }
  return null;
}

/** Asked for each workload of a namespace. */
const usesIpv6View = defineView({
  reads: ["services"],
  compute: ({ slices }): boolean => slices.services.some((service) => texts(record(service.body.spec).ipFamilies).includes("IPv6")),
});

function selectedBy(context: ProposeContext, namespace: string, selector: JsonRecord): readonly Workload[] {
  const own = context.view(labelledWorkloadsView)(namespace, selector);
  return own.filter(
    (workload) => !workload.isFinished && workload.hostNetwork !== "all" && workload.views().some((pod) => matchesSelector(selector, pod.labels)),
  );
}

function specOf(podSelector: JsonRecord, directions: readonly Direction[], rules: readonly ComposedRule[]): JsonRecord {
  const lists = directions.flatMap((direction) => {
    const own = rules.filter((rule) => rule.direction === direction).map(({ body }) => body);
    return own.length === 0 ? [] : [[direction, own] as const];
  });
  return { podSelector, policyTypes: directions.map((direction) => (direction === "ingress" ? "Ingress" : "Egress")), ...Object.fromEntries(lists) };
}

/** A policy for one workload, and for all others that its selector cannot tell from it. */
export function proposeForWorkload(context: ProposeContext, workload: Workload, callers: Callers): Proposal {
  const namespace = workload.ref.namespace ?? "default";
  const object = workload.ref;
  if (workload.hostNetwork === "all")
    return {
      callers,
      policies: [],
      skipped: [{ directions: BOTH, object, message: "Its pods are in the network of their node, which no NetworkPolicy reaches." }],
    };
  const selector = ownSelectorOf(workload, context.view(labelSightView));
  if (!selector)
    return {
      callers,
      policies: [],
      skipped: [{ directions: BOTH, object, message: "Its pods have no label that lasts, so no policy can select them alone." }],
    };
  const targets = selectedBy(context, namespace, selector);
  const skipped = BOTH.flatMap((direction): readonly SkippedDirection[] => {
    const obstacle = findObstacle(context, targets, direction);
    return obstacle ? [{ ...obstacle, directions: [direction] }] : [];
  });
  const directions = BOTH.filter((direction) => !skipped.some((skip) => skip.directions.includes(direction)));
  if (directions.length === 0) return { callers, policies: [], skipped };
  const needs = targets.flatMap((target) => listNeeds(context, target, callers)).filter(({ direction }) => directions.includes(direction));
  const rules = directions.flatMap((direction) => composeRules(needs, direction, namespace, context.view(usesIpv6View)));
  const body = networkPolicy(freeName(context.slices.networkPolicies, namespace, `allow-${workload.ref.name}`), namespace, specOf(selector, directions, rules));
  return { callers, policies: [{ body, rules, targets: targets.map(({ ref }) => ref) }], skipped };
}

/** Two workloads of different kinds may have one name: their policies may not, or the second is applied over the first. */
function namedApart(context: ProposeContext, namespace: string, policies: readonly ProposedPolicy[]): readonly ProposedPolicy[] {
  const taken = new Set(context.slices.networkPolicies.filter(({ ref }) => ref.namespace === namespace).map(({ ref }) => ref.name));
  return policies.map(({ body, ...policy }) => {
    const name = firstFree(taken, text(record(body.metadata).name) ?? "");
    taken.add(name);
    return { ...policy, body: { ...body, metadata: { ...record(body.metadata), name } } };
  });
}

/** Whether NetworkPolicies close all of its pods by themselves, so that a default closes nothing more of it. */
function isClosedAlready(context: ProposeContext, workload: Workload, direction: Direction): boolean {
  const index = context.view(policyIndexView);
  return workload.views().every((pod) => toSide(index, endpointOf(context, workload, pod), direction).isolating.length > 0);
}

/**
 * Closes a whole namespace by default, with a policy for each workload that nothing selects yet. `forWorkload`: what `proposeForWorkload` says, for whoever
 * asked it of thousands already, between which others worked.
 */
export function proposeForNamespace(
  context: ProposeContext,
  namespace: string,
  callers: Callers,
  forWorkload: (workload: Workload) => Proposal = (workload) => proposeForWorkload(context, workload, callers),
): Proposal {
  const own = (context.view(namespaceWorkloadsView).get(namespace) ?? []).filter((workload) => workload.hostNetwork !== "all");
  const labels = labelsOf(context.view(namespaceLabelsView), namespace);
  const policies = new Map<string, ProposedPolicy>();
  const skipped = new Map<string, SkippedDirection>();
  const stuck = new Set<Direction>();
  for (const workload of own) {
    const proposal = forWorkload(workload);
    for (const policy of proposal.policies) {
      const key = JSON.stringify(record(policy.body.spec).podSelector);
      if (!policies.has(key)) policies.set(key, policy);
    }
    for (const skip of proposal.skipped) {
      skipped.set(`${skip.directions.join()} ${skip.message}`, skip);
      const isByPolicy = skip.object?.kind === "NetworkPolicy" && skip.object.apiVersion.startsWith("networking.k8s.io/");
      // What stands in the way may be about another workload of the same selector: a default would close this one without a rule.
      for (const direction of skip.directions) if (!isByPolicy || !isClosedAlready(context, workload, direction)) stuck.add(direction);
    }
  }
  const index = context.view(policyIndexView);
  const open = BOTH.filter((direction) => !stuck.has(direction) && findDefaultIsolation(index, namespace, labels, direction).state === "open");
  const podSelector = {};
  const deny = networkPolicy(freeName(context.slices.networkPolicies, namespace, "default-deny"), namespace, specOf(podSelector, open, []));
  const isEmpty = open.length === 0 || own.length === 0;
  const first: readonly ProposedPolicy[] = isEmpty ? [] : [{ body: deny, rules: [], targets: own.map(({ ref }) => ref) }];
  return { callers, policies: namedApart(context, namespace, [...first, ...policies.values()]), skipped: [...skipped.values()] };
}
