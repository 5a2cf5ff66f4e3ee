import { addToList } from "../../model/add-to-list";
import { toKubeObject } from "../../inventory/kube-object";
import type { ResourceRef } from "../../model/resource-ref";
import type { Direction, Endpoint, Target } from "./endpoint";
import { matchPeer } from "./match-peer";
import { intersect } from "./namespace-matrix";
import { labelSightView } from "./label-sight";
import { namespaceLabelsView } from "./namespace-labels";
import { podNetworksView } from "./pod-networks";
import { buildPolicyIndex, policyIndexView } from "./policy-index";
import { policySettingsView } from "./policy-settings";
import { type NeedPeers, type PolicyNeed, toPeerList } from "./policy-need";
import { listNeeds, type ProposeContext, type Proposal } from "./propose-policy";
import { Reach, reachView } from "./reach";
import { ClassSorter, type ReachClass, workloadKeyOf } from "./reach-classes";
import { selectorUseOf } from "./selector-use";
import type { PolicyPort } from "./service-ports";
import { createRest, type Rest } from "./rest";
import type { SpanVerdict, Verdict } from "./side-verdicts";

/** What a proposal changes, worked out by the same rules that judge the policies that exist. */
export interface ProposalProof {
  /** Connections that objects ask for and that are allowed today: pairs of a class of pods and a port. */
  readonly needed: number;
  /** Of those, the ones that the proposal would cut; a proposal with any is a mistake of ours. */
  readonly cut: readonly string[];
  /** Pairs of a selected workload and another workload, or the outside, each way, that some port is open between. */
  readonly openBefore: number;
  readonly openAfter: number;
  /** Of those before, the ones on which some port closes. */
  readonly narrowed: number;
  /** Pairs with a port that was closed and would be open; a proposal with any is a mistake of ours. */
  readonly opened: number;
}

const CAN_PASS: ReadonlySet<Verdict> = new Set(["allowed", "some"]);

/** What both ends of a pair say, over all ports. */
interface Joined {
  readonly spans: readonly SpanVerdict[];
  /** Some port is open. */
  readonly isOpen: boolean;
}

function canPass(spans: readonly SpanVerdict[], protocol: string, port: number): boolean {
  return spans.some(({ span, verdict }) => span.protocol === protocol && span.from <= port && port <= span.to && CAN_PASS.has(verdict));
}

/** More verdicts than this are not pooled. */
const MOST_IDS = 2 ** 26;

/** Of many pairs, few differ in what both ends say: it is joined once for all that are alike. */
class Pairs {
  readonly #reach: Reach;
  readonly #joined = new Map<number, Joined>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  of(from: ReachClass | null, to: ReachClass | null): Joined {
    const { pool } = this.#reach;
    const egress = from ? this.#reach.verdictsOf(from, "egress", to) : pool.open;
    const ingress = to ? this.#reach.verdictsOf(to, "ingress", from) : pool.open;
    const key = egress.id * MOST_IDS + ingress.id;
    let joined = this.#joined.get(key);
    if (!joined) {
      const spans = egress === ingress ? egress.spans : intersect(egress.spans, ingress.spans);
      this.#joined.set(key, (joined = { spans, isOpen: spans.some(({ verdict }) => CAN_PASS.has(verdict)) }));
    }
    return joined;
  }
}

/** Whether an end is among the peers of a need in `namespace`. */
function toIsPeer(peers: NeedPeers, namespace: string): (other: Endpoint) => boolean {
  const list = toPeerList(peers, namespace, false);
  return (other) => list === null || list.some((peer) => matchPeer(peer, namespace, other) === "yes");
}

/** The workload that asks to be let in; null = nobody in particular does. */
function askerOf({ direction, peers, because }: PolicyNeed): string | null {
  return direction === "ingress" && peers.kind === "pods" && because.object ? workloadKeyOf(because.object) : null;
}

/** Each need of one direction once, whatever else it comes from. */
function distinct(needs: readonly PolicyNeed[]): readonly PolicyNeed[] {
  return [...new Map(needs.map((need) => [JSON.stringify([need.peers, need.ports, askerOf(need)]), need])).values()];
}

/**
 * Whether the other end has to let it through, too: others than who asks may be among the peers, since its selector takes them, too. Peers without a
 * selector are all of a namespace, for the sake of some of them.
 */
function isOfBothEnds(need: PolicyNeed, other: ReachClass | null): boolean {
  if (need.peers.kind !== "pods") return false;
  const asker = askerOf(need);
  return asker === null ? need.peers.selector !== null : other?.members.some((ref) => workloadKeyOf(ref) === asker) === true;
}

function numbersOf(ports: readonly PolicyPort[] | null, receiver: Endpoint, spans: readonly SpanVerdict[]): readonly Target[] {
  if (ports === null) return spans.map(({ span }) => ({ protocol: span.protocol, port: span.from }));
  return ports.flatMap(({ protocol, port }) =>
    typeof port === "number" ? [{ protocol, port }] : receiver.namedPorts.filter((named) => named.name === port && named.protocol === protocol),
  );
}

/** True when something passes on a port that was closed. */
function isWider(before: readonly SpanVerdict[], after: readonly SpanVerdict[]): boolean {
  if (before === after) return false;
  return before.some(
    ({ span, verdict }) =>
      verdict === "closed" &&
      after.some((item) => CAN_PASS.has(item.verdict) && item.span.protocol === span.protocol && item.span.from <= span.to && span.from <= item.span.to),
  );
}

/** Whether the second of two is wider, and narrower, than the first: asked once of two that stand for many. */
function createComparison(): (was: Joined, is: Joined) => { readonly isWider: boolean; readonly isNarrower: boolean } {
  const compared = new Map<Joined, Map<Joined, { readonly isWider: boolean; readonly isNarrower: boolean }>>();
  return (was, is) => {
    const known = compared.get(was) ?? new Map<Joined, { readonly isWider: boolean; readonly isNarrower: boolean }>();
    compared.set(was, known);
    let found = known.get(is);
    if (!found) known.set(is, (found = { isWider: isWider(was.spans, is.spans), isNarrower: isWider(is.spans, was.spans) }));
    return found;
  };
}

/** What it takes to look at one pair, before and after. */
const STEPS_OF_PAIR = 10;
/** What it takes to gather the policies of both directions of one of them, before and after. */
const STEPS_OF_SIDES = 500;

/** Workloads that are sorted between two pauses: some milliseconds. */
const SORTED_AT_ONCE = 250;

/**
 * Tries a proposal on every pair of pods that it touches. The context needs every slice to be present. It pauses whenever it took long, so that others may
 * work in between.
 */
export async function proveProposal(context: ProposeContext, proposal: Proposal, pause: () => Promise<unknown>): Promise<ProposalProof> {
  const { workloads, networkPolicies, otherNetworkPolicies } = context.slices;
  const created = proposal.policies.map(({ body }) => toKubeObject(body, () => "workload"));
  const index = buildPolicyIndex([...networkPolicies, ...created], otherNetworkPolicies, context.view(policyIndexView).gaps, context.view(policySettingsView));
  const today = context.view(reachView);
  const around = { networks: context.view(podNetworksView), sight: context.view(labelSightView) };
  await pause();
  const sorter = new ClassSorter(workloads, context.view(namespaceLabelsView), selectorUseOf(index), around);
  do await pause();
  while (sorter.take(SORTED_AT_ONCE));
  const classes = sorter.finish();
  await pause();
  const before = new Reach(context.view(policyIndexView), classes, today.pool, today.outside);
  const after = new Reach(index, classes, today.pool, today.outside);
  const others: readonly (ReachClass | null)[] = [...classes.classes, null];
  const refs = new Map<string, ResourceRef>(proposal.policies.flatMap(({ targets }) => targets.map((ref) => [workloadKeyOf(ref), ref] as const)));
  const own = new Set([...refs.keys()].flatMap((key) => after.classesOf(key)));
  const count = { openBefore: 0, openAfter: 0, opened: 0, narrowed: 0 };
  const tried = { before: new Pairs(before), after: new Pairs(after) };
  const rest = createRest(() => before.looks + after.looks, pause);
  const compare = createComparison();
  const tally = (from: ReachClass | null, to: ReachClass | null, pairs: number): void => {
    const [was, is] = [tried.before.of(from, to), tried.after.of(from, to)];
    if (was.isOpen) count.openBefore += pairs;
    if (is.isOpen) count.openAfter += pairs;
    const { isWider: isOpened, isNarrower } = compare(was, is);
    if (isOpened) count.opened += pairs;
    if (isNarrower) count.narrowed += pairs;
  };
  const gathered = new Set<ReachClass | null>();
  for (const self of own) {
    const members = self.members.filter((ref) => refs.has(workloadKeyOf(ref))).length;
    for (const other of others) {
      const pairs = members * (other?.members.length ?? 1);
      tally(self, other, pairs);
      tally(other, self, pairs);
      const long = rest(gathered.has(other) ? STEPS_OF_PAIR : STEPS_OF_SIDES);
      gathered.add(other);
      if (long) await long;
    }
  }
  return { ...count, ...(await proveNeeds(needsByClass(context, proposal, new Set(refs.keys()), after), tried, after, rest)) };
}

/** What objects ask for of the pods of each class, for the workloads of a proposal. */
function needsByClass(context: ProposeContext, { callers }: Proposal, refs: ReadonlySet<string>, reach: Reach): ReadonlyMap<ReachClass, readonly PolicyNeed[]> {
  const found = new Map<ReachClass, PolicyNeed[]>();
  for (const workload of context.slices.workloads) {
    const key = workloadKeyOf(workload.ref);
    if (!refs.has(key)) continue;
    const needs = listNeeds(context, workload, callers);
    for (const self of reach.classesOf(key)) if (!self.endpoint.isHostNetwork) found.set(self, [...(found.get(self) ?? []), ...needs]);
  }
  return found;
}

/** The classes that are among the peers of a need, and null where the outside is: the same for all pods of a namespace that ask for them. */
function createPeerFinder({ classes, outside }: Reach, rest: Rest) {
  const ends: readonly (ReachClass | null)[] = [...classes.classes, null];
  const found = new Map<string, readonly (ReachClass | null)[]>();
  return async (peers: NeedPeers, namespace: string): Promise<readonly (ReachClass | null)[]> => {
    const key = JSON.stringify([namespace, peers]);
    const known = found.get(key);
    if (known) return known;
    const isPeer = toIsPeer(peers, namespace);
    const matching = ends.filter((end) => isPeer(end?.endpoint ?? outside));
    found.set(key, matching);
    const long = rest(ends.length);
    if (long) await long;
    return matching;
  };
}

/**
 * Asks for everything that objects ask for of the workloads of a proposal, in both directions, whether or not a rule was made of it: what was
 * allowed must be. What somebody in particular is asked for must also be let through at the other end.
 */
async function proveNeeds(
  needs: ReadonlyMap<ReachClass, readonly PolicyNeed[]>,
  tried: { readonly before: Pairs; readonly after: Pairs },
  after: Reach,
  rest: Rest,
): Promise<Pick<ProposalProof, "needed" | "cut">> {
  let needed = 0;
  const cut = new Set<string>();
  const check = (self: ReachClass, direction: Direction, other: ReachClass | null, asked: readonly PolicyNeed[]): void => {
    const [from, to] = direction === "ingress" ? [other, self] : [self, other];
    const was = tried.before.of(from, to).spans;
    const known = new Set<string>();
    for (const need of asked) {
      const { ports, because } = need;
      const is = isOfBothEnds(need, other) ? tried.after.of(from, to).spans : after.verdictsOf(self, direction, other).spans;
      for (const { protocol, port } of numbersOf(ports, to?.endpoint ?? after.outside, was)) {
        if (!canPass(was, protocol, port)) continue;
        if (asked.length > 1) known.add(`${protocol} ${port}`);
        else needed += 1;
        if (!canPass(is, protocol, port)) cut.add(`${because.message} ${protocol} ${port} ${other?.endpoint.ref.name ?? "outside"}`);
      }
    }
    needed += known.size;
  };
  const findPeers = createPeerFinder(after, rest);
  for (const [self, all] of needs)
    for (const direction of ["ingress", "egress"] as const) {
      const asked = new Map<ReachClass | null, PolicyNeed[]>();
      for (const need of distinct(all.filter((one) => one.direction === direction)))
        for (const other of await findPeers(need.peers, self.namespace)) addToList(asked, other, need);
      for (const [other, own] of asked) {
        check(self, direction, other, own);
        const long = rest(STEPS_OF_PAIR * own.length);
        if (long) await long;
      }
    }
  return { needed, cut: [...cut] };
}
