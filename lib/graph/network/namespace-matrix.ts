import type { Direction } from "./endpoint";
import type { PortSpan } from "./port-span";
import type { Reach } from "./reach";
import type { ReachClass } from "./reach-classes";
import type { SpanVerdict, Verdict, Verdicts } from "./side-verdicts";
import type { VerdictRow } from "./verdict-row";

/** How one namespace may connect to another; pairs are pairs of workloads. `open` = on every port. */
interface MatrixCell {
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

type Spanned = Pick<SpanVerdict, "span">;

const RANK: Readonly<Record<Verdict, number>> = { allowed: 0, some: 1, unknown: 2, closed: 3 };

/** Both ends must let it through. */
export function joinVerdicts(a: Verdict, b: Verdict): Verdict {
  return RANK[a] >= RANK[b] ? a : b;
}

/** What two lists say, stretch by stretch; both cover the same ports in the same order. */
export function* overlaps<T extends Spanned>(a: readonly T[], b: readonly T[]): Generator<{ readonly span: PortSpan; readonly left: T; readonly right: T }> {
  let [i, j] = [0, 0];
  for (let [left, right] = [a[i], b[j]]; left && right; [left, right] = [a[i], b[j]]) {
    const span = { protocol: left.span.protocol, from: Math.max(left.span.from, right.span.from), to: Math.min(left.span.to, right.span.to) };
    yield { span, left, right };
    if (left.span.to === span.to) i += 1;
    if (right.span.to === span.to) j += 1;
  }
}

/** The verdicts of a pair, stretch by stretch. */
export function intersect(a: readonly SpanVerdict[], b: readonly SpanVerdict[]): readonly SpanVerdict[] {
  return Array.from(overlaps(a, b), ({ span, left, right }) => ({ span, verdict: joinVerdicts(left.verdict, right.verdict) }));
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

  add(counts: readonly number[], times: number): void {
    for (let state = 0; state < STATES.length; state += 1) this.counts[state] = (this.counts[state] ?? 0) + (counts[state] ?? 0) * times;
  }

  toCell(): MatrixCell | null {
    const [open = 0, restricted = 0, closed = 0, unknown = 0] = this.counts;
    const pairs = open + restricted + closed + unknown;
    if (pairs === 0) return null;
    const state = restricted > 0 || (open > 0 && closed > 0) ? "restricted" : unknown > 0 ? "unknown" : open > 0 ? "open" : "closed";
    return { state, pairs, openPairs: open, closedPairs: closed, unknownPairs: unknown };
  }
}

interface Place {
  readonly name: string;
  readonly number: number;
  readonly classes: readonly ReachClass[];
  /** How many workloads of each kin there are. */
  readonly kins: Map<Kin, number>;
}

/** Classes of any namespaces that tell pods of other namespaces apart alike, and that those cannot tell apart. */
interface Kin {
  /** One class, and one of another namespace where there is any. */
  readonly samples: ReachClass[];
  readonly outward: number;
  readonly rows: Readonly<Record<Direction, VerdictRow>>;
  /** Where it is found, and how many workloads of it. */
  readonly places: [place: Place, members: number][];
}

function toPlaces(classes: readonly ReachClass[]): readonly Place[] {
  const names = [...Map.groupBy(classes, ({ namespace }) => namespace)].sort(([a], [b]) => (a < b ? -1 : 1));
  return names.map(([name, own], i) => ({ name, number: i + 1, classes: own, kins: new Map() }));
}

function findKins(reach: Reach, places: readonly Place[]): readonly Kin[] {
  const numbers = new Map<VerdictRow, number>();
  const numberOf = (row: VerdictRow): number => {
    const number = numbers.get(row) ?? numbers.size;
    numbers.set(row, number);
    return number;
  };
  const kins = new Map<string, Kin>();
  for (const place of places)
    for (const one of place.classes) {
      const { outward } = one;
      const rows = { egress: reach.rowAcross(one, "egress"), ingress: reach.rowAcross(one, "ingress") };
      const key = `${numberOf(rows.egress)} ${numberOf(rows.ingress)} ${outward}`;
      const kin = kins.get(key) ?? { samples: [], outward, rows, places: [] };
      kins.set(key, kin);
      if (kin.samples.length < 2 && kin.samples[0]?.namespace !== place.name) kin.samples.push(one);
      place.kins.set(kin, (place.kins.get(kin) ?? 0) + one.members.length);
    }
  for (const place of places) for (const [kin, members] of place.kins) kin.places.push([place, members]);
  return [...kins.values()];
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

  #askAcross(self: Kin, direction: Direction, other: Kin): Verdicts {
    const known = self.rows[direction].find(other.outward);
    if (known) return known;
    const pair = self.samples.flatMap((one) => other.samples.flatMap((seen) => (one.namespace === seen.namespace ? [] : [{ one, seen }])))[0];
    return pair ? this.#reach.verdictsOf(pair.one, direction, pair.seen) : this.#reach.pool.open;
  }

  /** How many workloads of a place, by state, a sender of another place has a connection to. */
  countTo({ kins }: Place, sender: Kin): readonly number[] {
    const counts = [0, 0, 0, 0];
    for (const [receiver, members] of kins) {
      const state = this.stateOf(this.#askAcross(sender, "egress", receiver), this.#askAcross(receiver, "ingress", sender));
      counts[state] = (counts[state] ?? 0) + members;
    }
    return counts;
  }

  /** From one class to another of its namespace; the rows are theirs. */
  stateWithin(one: ReachClass, other: ReachClass, egress: VerdictRow, ingress: VerdictRow | undefined): number {
    return this.stateOf(
      egress.find(other.place) ?? this.#reach.verdictsOf(one, "egress", other),
      ingress?.find(one.place) ?? this.#reach.verdictsOf(other, "ingress", one),
    );
  }
}

/** How many looks are taken, and pairs are joined, between two pauses: some hundredths of a second. */
const MOST_AT_ONCE = 250_000;

/** The state of every pair of namespaces, and of each with the outside. It pauses after each receiving namespace, and whenever it took long, so that others may work in between. */
export async function buildNamespaceMatrix(reach: Reach, pause: () => Promise<unknown>): Promise<NamespaceMatrix> {
  const places = toPlaces(reach.classes.classes);
  const kins = findKins(reach, places);
  const size = places.length + 1;
  const tallies = Array.from({ length: size * size }, () => new Tally());
  const counter = new PairCounter(reach);
  let pairs = 0;
  let rested = reach.looks;
  const isLong = (joined = 1): boolean => {
    pairs += joined;
    if (pairs + reach.looks - rested < MOST_AT_ONCE) return false;
    rested = pairs + reach.looks;
    return true;
  };
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
      if (isLong()) await pause();
    }
    const count = adder(place.number, place.number);
    const ingress = place.classes.map((one) => reach.rowWithin(one, "ingress"));
    for (const one of place.classes) {
      const egress = reach.rowWithin(one, "egress");
      for (const other of place.classes) {
        count(counter.stateWithin(one, other, egress, ingress[other.place]), one.members.length * other.members.length);
        if (isLong()) await pause();
      }
    }
    for (const kin of kins) {
      if (kin.places.every(([other]) => other === place)) continue;
      const counts = counter.countTo(place, kin);
      for (const [from, members] of kin.places) if (from !== place) tallies[from.number * size + place.number]?.add(counts, members);
      if (isLong(place.kins.size)) await pause();
    }
    await pause();
  }
  const cells = tallies.map((tally) => tally.toCell());
  const numberOf = new Map(places.map(({ name, number }) => [name, number]));
  const numbered = (name: string | null): number => (name === null ? 0 : (numberOf.get(name) ?? Number.NaN));
  return { namespaces: places.map(({ name }) => name), cell: (from, to) => cells[numbered(from) * size + numbered(to)] ?? null };
}
