import { isRecord } from "../../model/json";
import { decideOn } from "./decide-direction";
import type { Endpoint } from "./endpoint";
import { selects } from "./label-sight";
import { matchPeer } from "./match-peer";
import { NO_GAPS } from "./policy-gaps";
import { portCutsOf, resolveCuts } from "./port-cuts-of";
import type { PortCuts, PortSpan, Protocol } from "./port-span";
import { countValues } from "./too-long";
import { hasNetworkPoliciesAlone, isFree, type Side } from "./side";

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

export class VerdictPool {
  readonly protocols: readonly Protocol[];
  /** Everything is allowed. */
  readonly open: Verdicts;
  /** Nothing can be told. */
  readonly untold: Verdicts;
  readonly #known = new Map<string, Verdicts>();
  readonly #all: Verdicts[] = [];

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
  /** How much is looked through for each stretch of ports. */
  readonly size: number;
}

/** Rules, and what they name, of all policies that have a say. */
function sizeOf({ admin, isolating, foreign, direction }: Side): number {
  const sizes = [...isolating, ...admin.Admin, ...admin.Baseline].flatMap(({ rules }) =>
    rules[direction].map(({ peers, ports }) => 1 + (peers?.length ?? 0) + (ports?.length ?? 0)),
  );
  const others = [...foreign.cilium.map(({ spec }) => spec), ...[...foreign.calico.map(({ object }) => object), ...foreign.firewalls].map(({ body }) => body)];
  return [...sizes, ...others.map(countValues)].reduce((sum, size) => sum + size, 0);
}

/** `isSegmented`: which network the other end is in counts, too. */
export function prepareSide(side: Side, isSegmented: boolean): PreparedSide {
  const isPlain = !isSegmented && hasNetworkPoliciesAlone(side);
  return { side, isFree: !isSegmented && isFree(side), cuts: portCutsOf(side), known: isPlain ? new Map() : null, size: sizeOf(side) };
}

export function cutsFor({ side, cuts }: PreparedSide, other: Endpoint): PortCuts {
  return resolveCuts(cuts, side.direction === "ingress" ? side.self : other);
}

/**
 * Sides with the same key say the same of every pod of another namespace: the rules that can reach that far, and the numbers of
 * the named ports that they ask for. Null = other policies than NetworkPolicies have a say.
 */
export function keyAcross({ side, cuts, known }: PreparedSide): string | null {
  if (!known) return null;
  const { self, direction, isolating } = side;
  const rules = isolating.flatMap((policy) =>
    policy.rules[direction].flatMap(({ peers, ports }) => {
      const far = peers?.filter((peer) => isRecord(peer.namespaceSelector) || isRecord(peer.ipBlock)) ?? null;
      return far?.length === 0 ? [] : [JSON.stringify([far, ports])];
    }),
  );
  const named = direction === "ingress" ? self.namedPorts.filter(({ name }) => cuts.names.has(name)) : [];
  // Where policies that were not read may decide, it matters whether one that was read isolates the pod at all.
  const isOpen = side.gaps !== NO_GAPS && isolating.length === 0;
  // A policy that may not select the pod at all is in doubt with all of its rules.
  const doubtful = self.mayLack
    ? [self.namespace, self.mayLack, isolating.map(({ object, podSelector }) => [object.ref.name, selects(podSelector, self)])]
    : null;
  return [...new Set(rules)]
    .sort()
    .concat(JSON.stringify([named, isOpen, self.isHostNetwork, doubtful]))
    .join();
}

/** All that decides between NetworkPolicies and one other end: which peers it is, and how its ports are called. */
export function seenBy({ side, cuts }: PreparedSide, other: Endpoint): string {
  const matches = side.isolating.flatMap((policy) =>
    policy.rules[side.direction].map((rule) => (rule.peers === null ? "y" : rule.peers.map((peer) => matchPeer(peer, policy.namespace, other)[0]).join(""))),
  );
  const isReceiver = side.direction === "egress" && cuts.names.size > 0;
  const ports = isReceiver ? other.namedPorts.map(({ name, port, protocol }) => (cuts.names.has(name) ? `${name}:${port}${protocol}` : "")) : [];
  return `${other.kind ?? ""}${other.isHostNetwork ? "h" : ""}|${matches.join("|")}|${ports.join()}`;
}

function askEachSpan(prepared: PreparedSide, other: Endpoint, pool: VerdictPool, spend: Spend): Verdicts | null {
  const spans = cutsFor(prepared, other).toSpans(pool.protocols);
  if (!spend(spans.length * prepared.size)) return null;
  return pool.intern(spans.map((span) => ({ span, verdict: toVerdict(decideOn(prepared.side, other, askedPort(span))) })));
}

/** Whether so many looks may be taken. */
type Spend = (looks: number) => boolean;

/** Null = it takes more looks than may be spent. */
export function decideSpans(prepared: PreparedSide, other: Endpoint, pool: VerdictPool, spend: Spend): Verdicts | null {
  if (prepared.isFree) return pool.open;
  if (!spend(prepared.size)) return null;
  if (!prepared.known) return askEachSpan(prepared, other, pool, spend);
  const key = seenBy(prepared, other);
  const found = prepared.known.get(key) ?? askEachSpan(prepared, other, pool, spend);
  if (found) prepared.known.set(key, found);
  return found;
}
