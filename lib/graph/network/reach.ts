import { defineView } from "../../inventory/view";
import { resourceKey } from "../../model/resource-ref";
import type { Direction, Endpoint } from "./endpoint";
import { OUTSIDE } from "./endpoints";
import { labelSightView } from "./label-sight";
import { namespaceLabelsView } from "./namespace-labels";
import { podNetworksView } from "./pod-networks";
import { type PolicyIndex, policyIndexView } from "./policy-index";
import { protocolsOf } from "./port-cuts-of";
import { PortCuts } from "./port-span";
import { type ReachClass, type ReachClasses, toReachClasses } from "./reach-classes";
import { selectorUseOf } from "./selector-use";
import { toSide } from "./side";
import { decideSpans, keyAcross, keyOfPolicies, keyWithin, type PreparedSide, prepareSide, VerdictPool, type Verdicts } from "./side-verdicts";

/** By the index of a class, or of an outward class. */
export type VerdictRow = (Verdicts | undefined)[];

/** How often rules and what they name are looked at for the pods of one namespace: some seconds. */
const MOST_LOOKS = 50_000_000;

/** Who may connect to whom, class by class. Everything is worked out when it is asked for, and then remembered. */
export class Reach {
  readonly classes: ReachClasses;
  readonly pool: VerdictPool;
  readonly outside: Endpoint;
  readonly isSegmented: boolean;
  /** Namespaces whose policies are not weighed. */
  readonly tooMany: ReadonlySet<string>;
  readonly #index: PolicyIndex;
  readonly #sides: Record<Direction, (PreparedSide | undefined)[]> = { ingress: [], egress: [] };
  readonly #within: Record<Direction, VerdictRow[]> = { ingress: [], egress: [] };
  readonly #across: Record<Direction, VerdictRow[]> = { ingress: [], egress: [] };
  /** What sides with the same key say is worked out once for all of them. */
  readonly #alike: Record<Direction, Map<string, VerdictRow>> = { ingress: new Map(), egress: new Map() };
  readonly #alikeWithin: Record<Direction, Map<string, VerdictRow>> = { ingress: new Map(), egress: new Map() };
  /** By the key of its policies: what is gathered of them is the same for all. */
  readonly #prepared: Record<Direction, Map<string, PreparedSide>> = { ingress: new Map(), egress: new Map() };
  /** Of all that nothing limits. */
  readonly #open: VerdictRow = [];

  readonly #tooMany: Set<string>;
  /** By namespace. */
  readonly #looks = new Map<string, number>();
  #allLooks = 0;
  readonly #untold: VerdictRow = [];

  /** `isSegmented`: pods are in several networks. */
  constructor(index: PolicyIndex, classes: ReachClasses, pool: VerdictPool, outside: Endpoint, isSegmented: boolean, tooMany: ReadonlySet<string> = new Set()) {
    this.tooMany = this.#tooMany = new Set(tooMany);
    this.#index = index;
    this.isSegmented = isSegmented;
    this.classes = classes;
    this.pool = pool;
    this.outside = outside;
  }

  /** How many were taken so far, in all. */
  get looks(): number {
    return this.#allLooks;
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
    if (key !== null && !known) this.#prepared[direction].set(key, prepared);
    return prepared;
  }

  /** What the policies of `self` say of `other`: null = the outside. */
  verdictsOf(self: ReachClass, direction: Direction, other: ReachClass | null): Verdicts {
    const prepared = this.sideOf(self, direction);
    if (prepared.isFree) return this.pool.open;
    if (this.#tooMany.has(self.namespace)) return this.pool.untold;
    const isWithin = other === null || other.namespace === self.namespace;
    const row = isWithin
      ? (this.#within[direction][self.index] ??= this.#findRow(this.#alikeWithin[direction], keyWithin(prepared)))
      : this.rowAcross(self, direction);
    if (other === null) return (row[this.classes.classes.length] ??= this.#decide(self, prepared, this.outside));
    const at = isWithin ? other.index : other.outward;
    return (row[at] ??= this.#decide(self, prepared, isWithin ? other.endpoint : this.#seenFrom(self, other)));
  }

  /** Whoever may make policies in one namespace could make so many that nothing else were done: the policies of each have a share. */
  #decide({ namespace }: ReachClass, prepared: PreparedSide, other: Endpoint): Verdicts {
    const spend = (looks: number): boolean => {
      const all = (this.#looks.get(namespace) ?? 0) + looks;
      this.#looks.set(namespace, all);
      this.#allLooks += looks;
      return all <= MOST_LOOKS;
    };
    const found = decideSpans(prepared, other, this.pool, spend);
    if (!found) this.#tooMany.add(namespace);
    return found ?? this.pool.untold;
  }

  /** The same, and of namespaces whose policies were found to be too many, nothing from the start: what was told of some pairs is not told of others. */
  withoutTooMany(): Reach {
    return new Reach(this.#index, this.classes, this.pool, this.outside, this.isSegmented, this.#tooMany);
  }

  /** What a class says of pods of other namespaces, by their outward class, as far as it was asked: one list for all classes that say the same. */
  rowAcross(self: ReachClass, direction: Direction): VerdictRow {
    const prepared = this.sideOf(self, direction);
    if (prepared.isFree) return this.#open;
    if (this.#tooMany.has(self.namespace)) return this.#untold;
    return (this.#across[direction][self.index] ??= this.#findRow(this.#alike[direction], keyAcross(prepared)));
  }

  #findRow(rows: Map<string, VerdictRow>, key: string | null): VerdictRow {
    const row = (key === null ? undefined : rows.get(key)) ?? [];
    if (key !== null) rows.set(key, row);
    return row;
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

/** Needs every slice to be present. */
export const reachView = defineView({
  reads: ["workloads", "namespaces", "networkPolicies", "otherNetworkPolicies", "podNetworks", "serviceAccounts", "configMaps"],
  compute: (context): Reach => {
    const index = context.view(policyIndexView);
    const networks = context.view(podNetworksView);
    const { workloads, networkPolicies, otherNetworkPolicies } = context.slices;
    const sorted = [...workloads].sort((a, b) => (resourceKey(a.ref) < resourceKey(b.ref) ? -1 : 1));
    const classes = toReachClasses(sorted, context.view(namespaceLabelsView), selectorUseOf(index), { networks, sight: context.view(labelSightView) });
    const protocols = protocolsOf([...networkPolicies, ...otherNetworkPolicies]);
    return new Reach(index, classes, new VerdictPool(protocols, new PortCuts().toSpans(protocols)), OUTSIDE, networks.isSegmented);
  },
});
