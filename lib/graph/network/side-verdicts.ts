import type { JsonRecord } from "../../model/json";
import { createPool, rememberedOf } from "../../model/remembered";
import { seenByCalico } from "./calico-ends";
import { narrowAdmin } from "./admin-lines";
import { type AdminPolicy, isRelative } from "./admin-policy";
import { listApplying } from "./applying-rules";
import { narrowCalico } from "./calico-lines";
import { appliesTo } from "./cilium";
import { ciliumLabelsOf } from "./cilium-selector";
import { decideByRules, findPorts, type RuleMatches } from "./decide-by-rules";
import { decideOn } from "./decide-direction";
import type { EndIndex } from "./end-index";
import type { Direction, Endpoint } from "./endpoint";
import { isWithoutForeign } from "./foreign-policies";
import { selects } from "./label-sight";
import { matchPeer, type PeerMatch } from "./match-peer";
import { joinAsks, type LabelAsks, listPeerAsks, type PeerAsk } from "./peer-asks";
import { isNearPeer, type Policy } from "./policy";
import { hasGaps } from "./policy-gaps";
import { portCutsOf, resolveCuts } from "./port-cuts-of";
import type { PortCuts, PortSpan, Protocol } from "./port-span";
import { countValues } from "./too-long";
import { hasNetworkPoliciesAlone, isFree, type Side } from "./side";
import { VerdictRow } from "./verdict-row";

/** What one side says of a stretch of ports; `some` = of some addresses of the other end only. */
export type Verdict = "allowed" | "closed" | "some" | "unknown";

export interface SpanVerdict {
  readonly span: PortSpan;
  readonly verdict: Verdict;
}

/** Verdicts over all ports. Equal ones are one object, so that many pairs can be joined by identity. */
export interface Verdicts {
  readonly id: number;
  readonly spans: readonly SpanVerdict[];
}

export function toVerdict(answer: { readonly allowed: boolean | null; readonly isPartial?: true }): Verdict {
  if (answer.allowed === null) return answer.isPartial ? "some" : "unknown";
  return answer.allowed ? "allowed" : "closed";
}

/** The port on which a stretch is asked about. */
export function askedPort({ protocol, from }: PortSpan): { readonly port: number; readonly protocol: string } {
  return { port: from, protocol };
}

/** Answers that sides remember beside what stands in rows: some dozens of megabytes. */
const MOST_REMEMBERED = 200_000;

export class VerdictPool {
  readonly protocols: readonly Protocol[];
  /** Everything is allowed. */
  readonly open: Verdicts;
  /** Nothing can be told. */
  readonly untold: Verdicts;
  readonly #known = new Map<string, Verdicts>();
  readonly #all: Verdicts[] = [];
  /** Told of each answer that a side remembers. */
  readonly hold = createPool(MOST_REMEMBERED);

  constructor(protocols: readonly Protocol[], everyPort: readonly PortSpan[]) {
    this.protocols = protocols;
    this.open = this.intern(everyPort.map((span) => ({ span, verdict: "allowed" })));
    this.untold = this.intern(everyPort.map((span) => ({ span, verdict: "unknown" })));
  }

  get(id: number): Verdicts {
    return this.#all[id] ?? this.open;
  }

  intern(spans: readonly SpanVerdict[]): Verdicts {
    const joined: SpanVerdict[] = [];
    for (const item of spans) {
      const last = joined.at(-1);
      if (last && last.verdict === item.verdict && last.span.protocol === item.span.protocol)
        joined[joined.length - 1] = { verdict: last.verdict, span: { ...last.span, to: item.span.to } };
      else joined.push(item);
    }
    const key = joined.map(({ span, verdict }) => `${span.protocol[0]}${span.from}${verdict[0]}`).join();
    let known = this.#known.get(key);
    if (!known) {
      known = { id: this.#all.length, spans: joined };
      this.#all.push(known);
      this.#known.set(key, known);
    }
    return known;
  }
}

/** One direction of one class, ready to be asked about many other ends. */
export interface PreparedSide {
  readonly side: Side;
  readonly isFree: boolean;
  readonly cuts: PortCuts;
  /** By what the rules see of the other end; null = more than NetworkPolicies has a say. */
  readonly known: Map<string, Verdicts> | null;
  readonly peers: readonly PeerAsk[];
  /** What all of them ask. */
  readonly asks: LabelAsks;
  /** Of service accounts. */
  readonly hasAccounts: boolean;
  /** By all labels that peers ask for: looked up without going through each of them. Null = what policies say may hang on more. */
  readonly alike: Map<string, Verdicts> | null;
  /** Rules, and what they name, of all policies that have a say. */
  readonly size: number;
  /** The same without those of administrators, Cilium and Calico, which are looked up by the port. */
  readonly sizeOfOthers: number;
  /** The key of its policies; null = what they say may hang on more of the pod. */
  readonly policies: string | null;
  /** Whose looks it takes: those of its namespace, or of its policies where they are the same for pods of every namespace. */
  readonly payer: string;
}

/** A value of a policy of Cilium or Calico takes as long as so many of others. */
const COST_OF_OTHERS = 3;

/** To ask at all takes as long as so many looks. */
const COST_OF_ASKING = 50;

/** What more than one of so many ends have tells few apart: they are sorted by it. */
const FEW = 4;

const costOf = (part: JsonRecord): number => COST_OF_OTHERS * countValues(part);

const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);

function countAsked({ rules }: Policy | AdminPolicy, direction: Direction): number {
  return sum(rules[direction].map(({ peers, ports }) => 1 + (peers?.length ?? 0) + (ports?.length ?? 0)));
}

function sizesOf({ admin, isolating, foreign, direction }: Side): Pick<PreparedSide, "size" | "sizeOfOthers"> {
  const [ofPolicies, ofAdmin] = [isolating, [...admin.Admin, ...admin.Baseline]].map((all) => sum(all.map((policy) => countAsked(policy, direction))));
  const sizeOfOthers = (ofPolicies ?? 0) + sum(foreign.firewalls.map(({ body }) => costOf(body)));
  const byPort = [...foreign.cilium.map(({ spec }) => spec), ...foreign.calico.map(({ object }) => object.body)];
  return { size: sizeOfOthers + (ofAdmin ?? 0) + sum(byPort.map(costOf)), sizeOfOthers };
}

/** What it takes to ask about so many stretches of ports: of hundreds of policies of other kinds, few have a say of one port, and name this end. */
export function looksAt({ size, sizeOfOthers, side: { self, direction, admin, foreign } }: PreparedSide, other: Endpoint, spans: readonly PortSpan[]): number {
  const { cilium, calico } = foreign;
  const tiers = [admin.Admin, admin.Baseline].filter((policies) => policies.length > 0);
  const most = spans.length * size;
  if (cilium.length + calico.length + tiers.length === 0) return most;
  const weights = [
    ...tiers.map((policies) => narrowAdmin(policies, { self, other, direction }).weigh((policy) => countAsked(policy, direction))),
    listApplying(cilium, self, direction).byPort.weigh(({ rule }) => costOf(rule.spec)),
    ...narrowCalico(calico, { self, other, direction }).map((line) => line.weigh(({ policy }) => costOf(policy.object.body))),
  ];
  const always = COST_OF_ASKING + sizeOfOthers + sum(weights.map((weight) => weight.always));
  const ofPort = ({ from }: PortSpan): number => always + sum(weights.map(({ byLabel }) => byLabel.get(`${from}`) ?? 0));
  return Math.min(most, size + sum(spans.map(ofPort)));
}

/** `isSegmented`: which network the other end is in counts, too. `like`: one with the same policies, whose preparation is taken over. */
export function prepareSide(side: Side, isSegmented: boolean, like?: PreparedSide): PreparedSide {
  if (like) return { ...like, side, known: like.known && new Map(), alike: like.alike && new Map() };
  const known = !isSegmented && hasNetworkPoliciesAlone(side) ? new Map<string, Verdicts>() : null;
  const policies = isSegmented ? null : keyOfPolicies(side);
  const alike = known !== null || policies !== null ? new Map<string, Verdicts>() : null;
  const peers = listPeerAsks(side);
  const seen = { peers, asks: joinAsks(peers), hasAccounts: peers.some(({ hasAccounts }) => hasAccounts) };
  const payer = policies !== null && isOfEveryNamespace(side) ? policies : side.self.namespace;
  return { side, isFree: !isSegmented && isFree(side), cuts: portCutsOf(side), known, ...seen, alike, ...sizesOf(side), policies, payer };
}

/** The ports of whoever receives, cut where the policies of a side begin or end to let through: its own for what comes in, those of the other end for what goes out. */
export function cutsFor({ side, cuts }: PreparedSide, other: Endpoint): PortCuts {
  return resolveCuts(cuts, side.direction === "ingress" ? side.self : other);
}

let lastNumber = 0;
const numberOf = rememberedOf((_object: object): number => (lastNumber += 1));

/** What holds for pods of every namespace alike, whichever they are in. */
function isOfEveryNamespace({ admin, isolating, foreign }: Side): boolean {
  return (
    isolating.length === 0 &&
    [...foreign.cilium, ...foreign.calico].every(({ object }) => object.ref.namespace === null) &&
    ![...admin.Admin, ...admin.Baseline].some(isRelative)
  );
}

/** Sides with the same key have the same policies, and say the same of everybody. Null = it may hang on more of the pod. */
export function keyOfPolicies(side: Side): string | null {
  const { self, direction, admin, isolating, foreign } = side;
  const { cilium, calico, ...others } = foreign;
  if (self.kind || self.isHostNetwork || self.mayLack || self.network || !isWithoutForeign({ ...others, cilium: [], calico: [] })) return null;
  const applying = cilium.map((rule) => `${numberOf(rule)}${appliesTo(rule, self) ? "" : "?"}`);
  const own = [admin.Admin, admin.Baseline, isolating].map((policies) => policies.map(numberOf).join());
  const ofCalico = calico.map((policy) => `${numberOf(policy)}${seenByCalico(policy, self, direction)}`);
  return [isOfEveryNamespace(side) ? "" : self.namespace, ...own, applying.join(), ofCalico.join()].join("|");
}

/** The ports of the pod that its own rules call by name. */
function namedPortsOf({ side: { self, direction }, cuts }: PreparedSide): Endpoint["namedPorts"] {
  return direction === "ingress" ? self.namedPorts.filter(({ name }) => cuts.names.has(name)) : [];
}

/** Sides with the same key say the same of everybody. */
export function keyWithin(prepared: PreparedSide): string | null {
  const { policies } = prepared;
  return policies === null ? null : `${policies}|${JSON.stringify(namedPortsOf(prepared))}`;
}

/** Sides with the same text say the same of everybody; the same one has it however often it is prepared anew. */
export const sayerOf = rememberedOf((prepared: PreparedSide): string => {
  const { self, direction } = prepared.side;
  return `${direction}|${keyWithin(prepared) ?? `#${numberOf(self)}`}`;
});

/**
 * Sides with the same key say the same of every pod of another namespace: the rules that can reach that far, and the numbers of
 * the named ports that they ask for. Null = policies have a say that may hang on more of the pod.
 */
export function keyAcross(prepared: PreparedSide): string | null {
  const { side, known } = prepared;
  if (!known) return keyWithin(prepared);
  const { self, direction, isolating } = side;
  const rules = isolating.flatMap((policy) =>
    policy.rules[direction].flatMap(({ peers, ports }) => {
      const far = peers?.filter((peer) => !isNearPeer(peer)) ?? null;
      return far?.length === 0 ? [] : [JSON.stringify([far, ports])];
    }),
  );
  const named = namedPortsOf(prepared);
  // Where policies that were not read may decide, it matters whether one that was read isolates the pod at all.
  const isOpen = hasGaps(side.gaps) && isolating.length === 0;
  // A policy that may not select the pod at all is in doubt with all of its rules.
  const doubtful = self.mayLack
    ? [self.namespace, self.mayLack, isolating.map(({ object, podSelector }) => [object.ref.name, selects(podSelector, self)])]
    : null;
  return [...new Set(rules)]
    .sort()
    .concat(JSON.stringify([named, isOpen, self.isHostNetwork, doubtful]))
    .join();
}

/** Of another end, what decides beside its labels: what it is, and how its ports are called. */
function natureOf({ side, cuts, hasAccounts }: PreparedSide, other: Endpoint): string {
  const isReceiver = side.direction === "egress" && cuts.names.size > 0;
  const ports = isReceiver ? other.namedPorts.map(({ name, port, protocol }) => (cuts.names.has(name) ? `${name}:${port}${protocol}` : "")) : [];
  const account = hasAccounts ? `${other.namespace}/${other.account}` : "";
  return `${other.kind ?? ""}${other.isHostNetwork ? "h" : ""}|${ports.join()}|${account}`;
}

const EVERYBODY: readonly PeerMatch[] = ["yes"];

/** How the rules of NetworkPolicies match one other end. */
function matchesOf({ side: { isolating, direction } }: PreparedSide, other: Endpoint): RuleMatches {
  return isolating.flatMap((policy) => policy.rules[direction].map(({ peers }) => peers?.map((peer) => matchPeer(peer, policy.namespace, other)) ?? EVERYBODY));
}

function toSeen(prepared: PreparedSide, other: Endpoint, matches: RuleMatches): string {
  return `${natureOf(prepared, other)}|${matches.map((rule) => rule.map(([letter]) => letter).join("")).join("|")}`;
}

/** All that decides between NetworkPolicies and one other end: which peers it is, and its nature. */
export function seenBy(prepared: PreparedSide, other: Endpoint): string {
  return toSeen(prepared, other, matchesOf(prepared, other));
}

/** The same for all ends that look the same to those who ask so. Null = which labels of it count is not known. */
function lookOf(prepared: PreparedSide, { pods, namespaces, cilium }: LabelAsks, other: Endpoint): string | null {
  if (other.mayLack || other.address !== undefined) return null;
  const ofCilium = cilium.size > 0 ? cilium.view(ciliumLabelsOf(other)) : "";
  return [natureOf(prepared, other), pods.view(other.labels), namespaces.view(other.namespaceLabels), ofCilium].join("|");
}

/** The same beside where it is. */
export function keyOf(prepared: PreparedSide, other: Endpoint): string | null {
  const look = lookOf(prepared, prepared.asks, other);
  return look === null ? null : `${other.namespace === prepared.side.self.namespace}|${look}`;
}

/**
 * What a side says of ends that are all of its namespace, or all of others. Those that have nothing of what its peers ask for in particular are
 * told apart by what its other peers ask. Null = it takes more looks than may be spent.
 */
export function toRow(prepared: PreparedSide, ends: EndIndex, isNear: boolean, spend: Spend): VerdictRow | null {
  const { side, cuts, hasAccounts, alike } = prepared;
  const named = new Set<number>();
  const others: PeerAsk[] = [];
  for (const peer of prepared.peers) {
    if (peer.isNear && !isNear) continue;
    const places = peer.asked.length > 0 ? ends.listNamed(peer.asked) : null;
    if (places && places.length <= ends.size / FEW) for (const place of places) named.add(place);
    else others.push(peer);
  }
  const asks = joinAsks(others);
  const uses = [asks.pods, asks.namespaces, asks.cilium].map((use) => use.toText());
  const key = alike === null ? "each" : JSON.stringify([side.direction, ...cuts.names, hasAccounts, ...uses]);
  const sorting = ends.isSorted(key) ? 0 : ends.size * costOfLook(asks);
  if (!spend(prepared.peers.length + named.size + sorting)) return null;
  const sorts = ends.sort(key, (end) => (alike === null ? null : lookOf(prepared, asks, end)));
  return new VerdictRow(sorts, alike === null ? undefined : named);
}

function askEachSpan(prepared: PreparedSide, other: Endpoint, pool: VerdictPool, spend: Spend): Verdicts | null {
  const spans = cutsFor(prepared, other).toSpans(pool.protocols);
  if (!spend(looksAt(prepared, other, spans))) return null;
  return askSpans(prepared, other, spans, pool);
}

function askSpans({ side }: PreparedSide, other: Endpoint, spans: readonly PortSpan[], pool: VerdictPool): Verdicts {
  return pool.intern(spans.map((span) => ({ span, verdict: toVerdict(decideOn(side, other, askedPort(span))) })));
}

/** The same where nothing but NetworkPolicies has a say. */
function askKnown(prepared: PreparedSide, known: Map<string, Verdicts>, other: Endpoint, pool: VerdictPool, spend: Spend): Verdicts | null {
  const matches = matchesOf(prepared, other);
  const seen = toSeen(prepared, other, matches);
  const same = known.get(seen);
  if (same) return same;
  const ports = findPorts(prepared, known, other, pool);
  if (!spend(looksAt(prepared, other, ports.spans))) return null;
  const found = decideByRules(prepared, other, ports, matches, pool) ?? askSpans(prepared, other, ports.spans, pool);
  pool.hold(known);
  known.set(seen, found);
  return found;
}

/** Whether so many looks may be taken. */
export type Spend = (looks: number) => boolean;

/** A text of what is seen takes as long as so many looks. */
function costOfLook({ pods, namespaces, cilium }: LabelAsks): number {
  return 10 + pods.size + namespaces.size + cilium.size;
}

/** Null = it takes more looks than may be spent. */
export function decideSpans(prepared: PreparedSide, other: Endpoint, pool: VerdictPool, spend: Spend): Verdicts | null {
  if (prepared.isFree) return pool.open;
  const { known, alike, asks, size } = prepared;
  if (!alike) return askEachSpan(prepared, other, pool, spend);
  if (!spend(costOfLook(asks))) return null;
  const key = keyOf(prepared, other);
  const same = key === null ? undefined : alike.get(key);
  if (same) return same;
  if (!spend(size)) return null;
  const found = known ? askKnown(prepared, known, other, pool, spend) : askEachSpan(prepared, other, pool, spend);
  if (!found) return null;
  if (key === null) return found;
  pool.hold(alike);
  alike.set(key, found);
  return found;
}
