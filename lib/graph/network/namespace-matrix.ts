import { type AddPairs, countPairs } from "./count-pairs";
import type { AskPair } from "./find-tellers";
import type { Kin } from "./kin";
import type { PortSpan } from "./port-span";
import type { Reach } from "./reach";
import type { ReachClass } from "./reach-classes";
import { createRest, type Rest } from "./rest";
import type { SpanVerdict, Verdict } from "./side-verdicts";
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
  /** What its table takes in memory: of thousands of namespaces more than all objects that it was made of. */
  readonly bytes: number;
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

function toCell([open, restricted, closed, unknown]: readonly [number, number, number, number]): MatrixCell | null {
  const pairs = open + restricted + closed + unknown;
  if (pairs === 0) return null;
  const state = restricted > 0 || (open > 0 && closed > 0) ? "restricted" : unknown > 0 ? "unknown" : open > 0 ? "open" : "closed";
  return { state, pairs, openPairs: open, closedPairs: closed, unknownPairs: unknown };
}

/** Pairs by their state, for all pairs of namespaces and the outside: there may be very many of them. */
class Tallies {
  /** Two namespaces of 65,000 workloads each have no more pairs than such a number holds. */
  readonly #counts: Uint32Array;
  readonly #size: number;
  readonly #reach: Reach;
  /** By the ids of the verdicts of the sender and the receiver. */
  readonly #states: number[][] = [];

  constructor(reach: Reach, size: number) {
    this.#reach = reach;
    this.#size = size;
    this.#counts = new Uint32Array(size * size * STATES.length);
  }

  get bytes(): number {
    return this.#counts.byteLength;
  }

  #stateOf(egress: number, ingress: number): number {
    const row = (this.#states[egress] ??= []);
    const { pool } = this.#reach;
    return (row[ingress] ??= STATES.indexOf(stateOf(new Set(intersect(pool.get(egress).spans, pool.get(ingress).spans).map(({ verdict }) => verdict)))));
  }

  add(from: number, to: number, [egress, ingress]: Parameters<AddPairs>[2], pairs: number): void {
    const at = (from * this.#size + to) * STATES.length + this.#stateOf(egress, ingress);
    this.#counts[at] = (this.#counts[at] ?? 0) + pairs;
  }

  cell(from: number, to: number): MatrixCell | null {
    const at = (from * this.#size + to) * STATES.length;
    const countOf = (state: number): number => this.#counts[at + state] ?? 0;
    return toCell([countOf(0), countOf(1), countOf(2), countOf(3)]);
  }
}

interface Place {
  readonly number: number;
  readonly classes: readonly ReachClass[];
}

function toPlaces(classes: readonly ReachClass[]): ReadonlyMap<string, Place> {
  const names = [...Map.groupBy(classes, ({ namespace }) => namespace)].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(names.map(([name, own], i) => [name, { number: i + 1, classes: own }]));
}

/** What it takes to find what a class says of all other namespaces. */
const STEPS_OF_ROWS = 100;

/** Classes of any namespaces that tell pods of other namespaces apart alike, and that those cannot tell apart. */
async function findKins(reach: Reach, places: ReadonlyMap<string, Place>, rest: Rest): Promise<readonly Kin[]> {
  const numbers = new Map<VerdictRow, number>();
  const numberOf = (row: VerdictRow): number => {
    const number = numbers.get(row) ?? numbers.size;
    numbers.set(row, number);
    return number;
  };
  const kins = new Map<string, Kin & { readonly samples: ReachClass[]; readonly members: Map<number, number> }>();
  for (const [name, { number, classes }] of places)
    for (const one of classes) {
      const long = rest(STEPS_OF_ROWS);
      if (long) await long;
      const rows = { egress: reach.rowAcross(one, "egress"), ingress: reach.rowAcross(one, "ingress") };
      const key = `${numberOf(rows.egress)} ${numberOf(rows.ingress)} ${one.outward}`;
      const kin = kins.get(key) ?? { samples: [], at: one.outward, rows, members: new Map<number, number>() };
      kins.set(key, kin);
      if (kin.samples.length < 2 && kin.samples[0]?.namespace !== name) kin.samples.push(one);
      kin.members.set(number, (kin.members.get(number) ?? 0) + one.members.length);
    }
  return [...kins.values()];
}

/** The state of every pair of namespaces, and of each with the outside. It pauses after each namespace, and whenever it took long, so that others may work in between. */
export async function buildNamespaceMatrix(reach: Reach, pause: () => Promise<unknown>): Promise<NamespaceMatrix> {
  const places = toPlaces(reach.classes.classes);
  const tallies = new Tallies(reach, places.size + 1);
  let added = 0;
  const rest = createRest(() => reach.looks + added, pause);
  const asker =
    (isNear: boolean): AskPair =>
    (ones, direction, others) => {
      for (const one of ones) for (const other of others) if ((one.namespace === other.namespace) === isNear) return reach.verdictsOf(one, direction, other);
      return null;
    };
  const counter =
    (isNear: boolean): AddPairs =>
    (from, to, ids, pairs) => {
      added += 1;
      if ((from === to) === isNear) tallies.add(from, to, ids, pairs);
    };
  const open = reach.pool.open.id;
  for (const { number, classes } of places.values()) {
    for (const one of classes) {
      tallies.add(number, 0, [reach.verdictsOf(one, "egress", null).id, open], one.members.length);
      tallies.add(0, number, [open, reach.verdictsOf(one, "ingress", null).id], one.members.length);
      const long = rest();
      if (long) await long;
    }
    const kins = classes.map((one): Kin => {
      const rows = { egress: reach.rowWithin(one, "egress"), ingress: reach.rowWithin(one, "ingress") };
      return { rows, at: one.place, samples: [one], members: new Map([[number, one.members.length]]) };
    });
    await countPairs(kins, asker(true), counter(true), rest);
    await pause();
  }
  await countPairs(await findKins(reach, places, rest), asker(false), counter(false), rest);
  const numbered = (name: string | null): number => (name === null ? 0 : (places.get(name)?.number ?? Number.NaN));
  return { namespaces: [...places.keys()], cell: (from, to) => tallies.cell(numbered(from), numbered(to)), bytes: tallies.bytes };
}
