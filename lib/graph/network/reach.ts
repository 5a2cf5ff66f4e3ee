import { defineView } from "../../inventory/view";
import { resourceKey } from "../../model/resource-ref";
import type { Direction, Endpoint } from "./endpoint";
import { EndIndex } from "./end-index";
import { OUTSIDE } from "./endpoints";
import { labelSightView } from "./label-sight";
import { type Limits, LIMITS, LookBudget, type Unweighed } from "./look-budget";
import { namespaceLabelsView } from "./namespace-labels";
import { podNetworksView } from "./pod-networks";
import { type PolicyIndex, policyIndexView } from "./policy-index";
import { protocolsOf } from "./port-cuts-of";
import { PortCuts } from "./port-span";
import { ClassSorter, type ReachClass, type ReachClasses } from "./reach-classes";
import { selectorUseOf } from "./selector-use";
import { toSide } from "./side";
import { decideSpans, keyAcross, keyOfPolicies, keyWithin, type PreparedSide, prepareSide, toRow, VerdictPool, type Verdicts } from "./side-verdicts";
import { VerdictRow } from "./verdict-row";

const DIRECTIONS = ["ingress", "egress"] as const;

/** Policies of sides, and peers that their rules name: some dozens of megabytes. */
const MOST_PARTS = 500_000;

/** Who may connect to whom, class by class. Everything is worked out when it is asked for, and then remembered. */
export class Reach {
  readonly classes: ReachClasses;
  readonly pool: VerdictPool;
  readonly outside: Endpoint;
  /** Pods are, or may be, in several networks. */
  readonly isSegmented: boolean;
  readonly #index: PolicyIndex;
  readonly #sides: Record<Direction, (PreparedSide | undefined)[]> = { ingress: [], egress: [] };
  readonly #within: Record<Direction, (VerdictRow | undefined)[]> = { ingress: [], egress: [] };
  readonly #across: Record<Direction, (VerdictRow | undefined)[]> = { ingress: [], egress: [] };
  /** What sides with the same key say is worked out once for all of them. */
  readonly #alike: Record<Direction, Map<string, VerdictRow>> = { ingress: new Map(), egress: new Map() };
  readonly #alikeWithin: Record<Direction, Map<string, VerdictRow>> = { ingress: new Map(), egress: new Map() };
  /** By the key of its policies: what is gathered of them is the same for all. */
  readonly #prepared: Record<Direction, Map<string, PreparedSide>> = { ingress: new Map(), egress: new Map() };
  /** By the key of all that they say: what one of them was asked is answered for all. */
  readonly #twins: Record<Direction, Map<string, PreparedSide>> = { ingress: new Map(), egress: new Map() };
  /** What all of these are made of. */
  #heldParts = 0;
  /** Of all that nothing limits. */
  readonly #open = new VerdictRow();

  readonly #limits: Limits;
  readonly #budget: LookBudget;
  readonly #untold = new VerdictRow();
  readonly #endsOf = new Map<string, EndIndex>();
  #outward: EndIndex | undefined;
  readonly #byNamespace: ReadonlyMap<string, readonly Endpoint[]>;

  constructor(index: PolicyIndex, classes: ReachClasses, pool: VerdictPool, outside: Endpoint, unweighed?: Unweighed, limits = LIMITS) {
    this.#index = index;
    this.isSegmented = classes.classes.some(({ endpoint }) => endpoint.network !== undefined);
    this.classes = classes;
    this.pool = pool;
    this.outside = outside;
    this.#byNamespace = Map.groupBy(
      classes.classes.map(({ endpoint }) => endpoint),
      ({ namespace }) => namespace,
    );
    this.#limits = limits;
    this.#budget = new LookBudget(this.#byNamespace.size, unweighed, limits);
  }

  /** How often rules and what they name were looked at so far. */
  get looks(): number {
    return this.#budget.looks;
  }

  get unweighed(): Unweighed {
    return this.#budget;
  }

  sideOf(self: ReachClass, direction: Direction): PreparedSide {
    const sides = this.#sides[direction];
    return (sides[self.index] ??= this.#prepare(self, direction));
  }

  #prepare(self: ReachClass, direction: Direction): PreparedSide {
    const side = toSide(this.#index, self.endpoint, direction);
    const key = this.isSegmented ? null : keyOfPolicies(side);
    const known = key === null ? undefined : this.#prepared[direction].get(key);
    const prepared = prepareSide(side, this.isSegmented, known);
    this.#hold(prepared);
    if (key === null) return prepared;
    if (!known) this.#prepared[direction].set(key, prepared);
    const within = keyWithin(prepared) ?? "";
    const twin = this.#twins[direction].get(within) ?? prepared;
    this.#twins[direction].set(within, twin);
    return { ...prepared, known: twin.known, alike: twin.alike };
  }

  /** Of thousands of pods that hundreds of policies select, sides are prepared anew after a while rather than held: they are asked about one after the other. */
  #hold({ peers, side: { isolating, foreign, admin } }: PreparedSide): void {
    const policies = [isolating, foreign.cilium, foreign.calico, admin.Admin, admin.Baseline];
    this.#heldParts += policies.reduce((sum, { length }) => sum + length, peers.length);
    if (this.#heldParts > MOST_PARTS) this.#forgetSides();
  }

  #forgetSides(): void {
    for (const direction of DIRECTIONS) {
      this.#sides[direction].fill(undefined);
      this.#prepared[direction].clear();
      this.#twins[direction].clear();
    }
    this.#heldParts = 0;
  }

  /** Whoever is left with it asks anew. */
  #forget(): void {
    this.#forgetSides();
    for (const direction of DIRECTIONS) {
      for (const rows of [this.#within, this.#across]) rows[direction].length = 0;
      for (const rows of [this.#alike, this.#alikeWithin]) rows[direction].clear();
    }
    this.#endsOf.clear();
    this.#outward = undefined;
  }

  /** What the policies of `self` say of `other`: null = the outside. */
  verdictsOf(self: ReachClass, direction: Direction, other: ReachClass | null): Verdicts {
    const isWithin = other === null || other.namespace === self.namespace;
    const row = isWithin ? this.rowWithin(self, direction) : this.rowAcross(self, direction);
    if (other === null) return (row.outside ??= this.#decide(self, direction, this.outside));
    const at = isWithin ? other.place : other.outward;
    let found = row.find(at);
    if (!found) row.set(at, (found = this.#decide(self, direction, isWithin ? other.endpoint : this.#seenFrom(self, other))));
    return found;
  }

  isTooMany(prepared: PreparedSide): boolean {
    return this.#budget.isSpent(prepared);
  }

  #decide(self: ReachClass, direction: Direction, other: Endpoint): Verdicts {
    const prepared = this.sideOf(self, direction);
    if (prepared.isFree) return this.pool.open;
    if (this.isTooMany(prepared)) return this.pool.untold;
    return decideSpans(prepared, other, this.pool, this.#budget.spenderOf(prepared)) ?? this.pool.untold;
  }

  /** The same, and of namespaces whose policies were found to be too many, nothing from the start: what was told of some pairs is not told of others. */
  withoutTooMany(): Reach {
    this.#forget();
    return new Reach(this.#index, this.classes, this.pool, this.outside, this.#budget, this.#limits);
  }

  /** What a class says of pods of its namespace, by their place there. */
  rowWithin(self: ReachClass, direction: Direction): VerdictRow {
    return (this.#within[direction][self.index] ??= this.#findRow(self, direction, true));
  }

  /** What a class says of pods of other namespaces, by their outward class: one list for all classes that say the same. */
  rowAcross(self: ReachClass, direction: Direction): VerdictRow {
    return (this.#across[direction][self.index] ??= this.#findRow(self, direction, false));
  }

  #findRow(self: ReachClass, direction: Direction, isNear: boolean): VerdictRow {
    const prepared = this.sideOf(self, direction);
    if (prepared.isFree) return this.#open;
    if (this.isTooMany(prepared)) return this.#untold;
    const rows = (isNear ? this.#alikeWithin : this.#alike)[direction];
    const said = isNear ? keyWithin(prepared) : keyAcross(prepared);
    // Places are those of one namespace.
    const key = isNear && said !== null ? `${self.namespace}|${said}` : said;
    const known = key === null ? undefined : rows.get(key);
    if (known) return known;
    const row = toRow(prepared, isNear ? this.#endsWithin(self.namespace) : this.#endsAcross(), isNear, this.#budget.spenderOf(prepared));
    if (key !== null && row) rows.set(key, row);
    return row ?? this.#untold;
  }

  #endsWithin(namespace: string): EndIndex {
    let ends = this.#endsOf.get(namespace);
    if (!ends) this.#endsOf.set(namespace, (ends = new EndIndex(this.#byNamespace.get(namespace) ?? [])));
    return ends;
  }

  #endsAcross(): EndIndex {
    return (this.#outward ??= new EndIndex(this.classes.outward.flatMap(({ samples }) => samples[0] ?? [])));
  }

  /** The pod that stands for a class in the eyes of another namespace: the same answer for all of them, so that it can be shared. */
  #seenFrom(self: ReachClass, other: ReachClass): Endpoint {
    const samples = this.classes.outward[other.outward]?.samples ?? [];
    return samples.find((sample) => sample.namespace !== self.namespace) ?? other.endpoint;
  }

  classesOf(workload: string): readonly ReachClass[] {
    return (this.classes.byWorkload.get(workload) ?? []).flatMap((index) => this.classes.classes[index] ?? []);
  }
}

const READ_FOR_REACH = ["workloads", "namespaces", "networkPolicies", "otherNetworkPolicies", "podNetworks", "serviceAccounts", "configMaps"] as const;

/** What sorts the workloads of a set for its reach: it may be given a start, before it is asked for all at once. */
export const classSorterView = defineView({
  reads: READ_FOR_REACH,
  compute: (context): ClassSorter => {
    const keyed = context.slices.workloads.map((workload) => ({ key: resourceKey(workload.ref), workload })).sort((a, b) => (a.key < b.key ? -1 : 1));
    const around = { networks: context.view(podNetworksView), sight: context.view(labelSightView) };
    const sorted = keyed.map(({ workload }) => workload);
    return new ClassSorter(sorted, context.view(namespaceLabelsView), selectorUseOf(context.view(policyIndexView)), around);
  },
});

/** Needs every slice to be present. */
export const reachView = defineView({
  reads: READ_FOR_REACH,
  compute: (context): Reach => {
    const { networkPolicies, otherNetworkPolicies } = context.slices;
    const protocols = protocolsOf([...networkPolicies, ...otherNetworkPolicies]);
    const pool = new VerdictPool(protocols, new PortCuts().toSpans(protocols));
    return new Reach(context.view(policyIndexView), context.view(classSorterView).finish(), pool, OUTSIDE);
  },
});
