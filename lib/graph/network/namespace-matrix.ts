import type { Direction } from "./endpoint";
import type { Reach } from "./reach";
import type { ReachClass } from "./reach-classes";
import type { SpanVerdict, Verdict, Verdicts } from "./side-verdicts";

/** How one namespace may connect to another; pairs are pairs of workloads. `open` = on every port. */
export interface MatrixCell {
  readonly state: "open" | "restricted" | "closed" | "unknown";
  readonly pairs: number;
  readonly openPairs: number;
  readonly closedPairs: number;
  readonly unknownPairs: number;
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
    return { state, pairs, openPairs: open, closedPairs: closed, unknownPairs: unknown };
  }
}

/** How many workloads there are of each verdict, by its id. */
type Counts = ReadonlyMap<number, number>;

function countVerdicts(classes: readonly ReachClass[], verdictsOf: (one: ReachClass) => Verdicts): Counts {
  const counts = new Map<number, number>();
  for (const one of classes) {
    const { id } = verdictsOf(one);
    counts.set(id, (counts.get(id) ?? 0) + one.members.length);
  }
  return counts;
}

/** Classes of one namespace that policies of other namespaces cannot tell apart. */
interface Group {
  readonly seen: ReachClass;
  readonly classes: readonly ReachClass[];
  /** What it says of pods elsewhere, by their outward class. */
  readonly said: Record<Direction, (Counts | undefined)[]>;
}

interface Place {
  readonly name: string;
  readonly number: number;
  readonly classes: readonly ReachClass[];
  readonly groups: readonly Group[];
}

function toPlaces(classes: readonly ReachClass[]): readonly Place[] {
  const names = [...Map.groupBy(classes, ({ namespace }) => namespace)].sort(([a], [b]) => (a < b ? -1 : 1));
  return names.map(([name, own], i) => {
    const groups = [...Map.groupBy(own, ({ outward }) => outward).values()];
    return {
      name,
      number: i + 1,
      classes: own,
      groups: groups.flatMap((alike): readonly Group[] => (alike[0] ? [{ seen: alike[0], classes: alike, said: { ingress: [], egress: [] } }] : [])),
    };
  });
}

/** Counts pairs of classes by their state, for two places or one and the outside. */
class PairCounter {
  readonly #reach: Reach;
  /** By the ids of the verdicts of the sender and the receiver. */
  readonly #states: number[][] = [];

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  stateOf(egress: Verdicts, ingress: Verdicts): number {
    const row = (this.#states[egress.id] ??= []);
    let state = row[ingress.id];
    if (state === undefined) row[ingress.id] = state = STATES.indexOf(stateOf(new Set(intersect(egress.spans, ingress.spans).map(({ verdict }) => verdict))));
    return state;
  }

  #saidOf({ said, classes }: Group, direction: Direction, { seen }: Group): Counts {
    return (said[direction][seen.outward] ??= countVerdicts(classes, (one) => this.#reach.verdictsOf(one, direction, seen)));
  }

  countAcross(from: Place, to: Place, count: (state: number, pairs: number) => void): void {
    const { pool } = this.#reach;
    for (const senders of from.groups)
      for (const receivers of to.groups) {
        const ingress = this.#saidOf(receivers, "ingress", senders);
        for (const [sent, n] of this.#saidOf(senders, "egress", receivers))
          for (const [received, m] of ingress) count(this.stateOf(pool.get(sent), pool.get(received)), n * m);
      }
  }

  countWithin({ classes }: Place, count: (state: number, pairs: number) => void): void {
    for (const one of classes)
      for (const other of classes)
        count(
          this.stateOf(this.#reach.verdictsOf(one, "egress", other), this.#reach.verdictsOf(other, "ingress", one)),
          one.members.length * other.members.length,
        );
  }
}

/** The matrix, with a step for each sending namespace, so that a caller may let others work in between. */
function* buildInSteps(reach: Reach): Generator<void, NamespaceMatrix> {
  const places = toPlaces(reach.classes.classes);
  const size = places.length + 1;
  const tallies = Array.from({ length: size * size }, () => new Tally());
  const counter = new PairCounter(reach);
  const adder = (from: number, to: number) => {
    const { counts } = tallies[from * size + to] ?? new Tally();
    return (state: number, pairs: number): void => {
      counts[state] = (counts[state] ?? 0) + pairs;
    };
  };
  for (const place of places) {
    for (const one of place.classes) {
      adder(place.number, 0)(counter.stateOf(reach.verdictsOf(one, "egress", null), reach.pool.open), one.members.length);
      adder(0, place.number)(counter.stateOf(reach.pool.open, reach.verdictsOf(one, "ingress", null)), one.members.length);
    }
    for (const other of places) {
      if (other === place) counter.countWithin(place, adder(place.number, place.number));
      else counter.countAcross(place, other, adder(place.number, other.number));
    }
    yield;
  }
  const cells = tallies.map((tally) => tally.toCell());
  const numberOf = new Map(places.map(({ name, number }) => [name, number]));
  const numbered = (name: string | null): number => (name === null ? 0 : (numberOf.get(name) ?? Number.NaN));
  return { namespaces: places.map(({ name }) => name), cell: (from, to) => cells[numbered(from) * size + numbered(to)] ?? null };
}

/** The state of every pair of namespaces, and of each with the outside. */
export function buildNamespaceMatrix(reach: Reach): NamespaceMatrix {
  const steps = buildInSteps(reach);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, with a pause after each namespace. */
export async function buildNamespaceMatrixPausing(reach: Reach, pause: () => Promise<unknown>): Promise<NamespaceMatrix> {
  const steps = buildInSteps(reach);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
