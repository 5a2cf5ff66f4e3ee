import type { Reach } from "./reach";
import type { ReachClass } from "./reach-classes";
import type { SpanVerdict, Verdict, Verdicts } from "./side-verdicts";

/** How one namespace may connect to another; pairs are pairs of workloads. `open` = on every port. */
export interface MatrixCell {
  readonly state: "open" | "restricted" | "closed" | "unknown";
  readonly pairs: number;
  readonly openPairs: number;
  readonly closedPairs: number;
}

/** A pair of workloads, over all ports. */
export type PairState = MatrixCell["state"];

export interface NamespaceMatrix {
  readonly namespaces: readonly string[];
  /** By `from`, then `to`; null stands for the outside. */
  readonly cell: (from: string | null, to: string | null) => MatrixCell | null;
}

const RANK: Readonly<Record<Verdict, number>> = { allowed: 0, some: 1, unknown: 2, closed: 3 };

/** Both ends must let it through. */
export function joinVerdicts(a: Verdict, b: Verdict): Verdict {
  return RANK[a] >= RANK[b] ? a : b;
}

function isOver(item: SpanVerdict, end: SpanVerdict): boolean {
  return item.span.protocol === end.span.protocol && item.span.to === end.span.to;
}

/** The verdicts of a pair, stretch by stretch; both lists cover the same ports in the same order. */
export function intersect(a: readonly SpanVerdict[], b: readonly SpanVerdict[]): readonly SpanVerdict[] {
  const found: SpanVerdict[] = [];
  let [i, j] = [0, 0];
  for (let [left, right] = [a[i], b[j]]; left && right; [left, right] = [a[i], b[j]]) {
    const span = { protocol: left.span.protocol, from: Math.max(left.span.from, right.span.from), to: Math.min(left.span.to, right.span.to) };
    const item = { span, verdict: joinVerdicts(left.verdict, right.verdict) };
    found.push(item);
    if (isOver(left, item)) i += 1;
    if (isOver(right, item)) j += 1;
  }
  return found;
}

/** What can be said of many verdicts at once: open and closed ones together are restricted, whatever else is not known. */
export function stateOf(verdicts: ReadonlySet<Verdict>): PairState {
  if (verdicts.has("some") || (verdicts.has("allowed") && verdicts.has("closed"))) return "restricted";
  if (verdicts.has("unknown")) return "unknown";
  return verdicts.has("allowed") ? "open" : "closed";
}

const STATES = ["open", "restricted", "closed", "unknown"] as const;

class Tally {
  readonly counts = [0, 0, 0, 0];

  toCell(): MatrixCell | null {
    const [open = 0, restricted = 0, closed = 0, unknown = 0] = this.counts;
    const pairs = open + restricted + closed + unknown;
    if (pairs === 0) return null;
    const state = restricted > 0 || (open > 0 && closed > 0) ? "restricted" : unknown > 0 ? "unknown" : open > 0 ? "open" : "closed";
    return { state, pairs, openPairs: open, closedPairs: closed };
  }
}

/** The state of every pair of namespaces, and of each with the outside. */
export function buildNamespaceMatrix(reach: Reach): NamespaceMatrix {
  const { classes } = reach.classes;
  const names = [...new Set(classes.map(({ namespace }) => namespace))].sort();
  const numberOf = new Map(names.map((name, i) => [name, i + 1]));
  const size = names.length + 1;
  const tallies = Array.from({ length: size * size }, () => new Tally());
  const known = new Map<number, number>();
  const stateIndex = (egress: Verdicts, ingress: Verdicts): number => {
    const key = egress.id * 1_000_003 + ingress.id;
    let state = known.get(key);
    if (state === undefined) known.set(key, (state = STATES.indexOf(stateOf(new Set(intersect(egress.spans, ingress.spans).map(({ verdict }) => verdict))))));
    return state;
  };
  const count = (from: number, to: number, state: number, pairs: number): void => {
    const counts = tallies[from * size + to]?.counts;
    if (counts) counts[state] = (counts[state] ?? 0) + pairs;
  };
  const place = ({ namespace }: ReachClass): number => numberOf.get(namespace) ?? 0;
  for (const one of classes) {
    const n = one.members.length;
    count(place(one), 0, stateIndex(reach.verdictsOf(one, "egress", null), reach.pool.open), n);
    count(0, place(one), stateIndex(reach.pool.open, reach.verdictsOf(one, "ingress", null)), n);
    for (const other of classes)
      count(place(one), place(other), stateIndex(reach.verdictsOf(one, "egress", other), reach.verdictsOf(other, "ingress", one)), n * other.members.length);
  }
  const cells = tallies.map((tally) => tally.toCell());
  const numbered = (name: string | null): number => (name === null ? 0 : (numberOf.get(name) ?? Number.NaN));
  return { namespaces: names, cell: (from, to) => cells[numbered(from) * size + numbered(to)] ?? null };
}
