import { rememberedOf } from "../../model/remembered";
import type { Endpoint } from "./endpoint";
import type { PreparedSide, Spend } from "./side-verdicts";

/** How often rules and what they name are looked at. */
export interface Limits {
  /** For the pods of one namespace: some seconds. */
  readonly ofOne: number;
  /** For all pods of the cluster. */
  readonly inAll: number;
  /** And with those that were given up since they took the most. */
  readonly withLost: number;
}

export const LIMITS: Limits = { ofOne: 50_000_000, inAll: 110_000_000, withLost: 140_000_000 };

/** One direction of one pod, as far as it matters whose looks it takes. */
interface Payable extends Pick<PreparedSide, "payer" | "isFree"> {
  readonly side: { readonly self: Pick<Endpoint, "namespace"> };
}

/** `what`: is not weighed once `whose` looks are spent. */
interface Share {
  readonly whose: string;
  readonly what: string;
}

interface Shares {
  readonly all: readonly Share[];
  readonly payer: string;
  /** Of the namespace: for its own policies, or for those of the whole cluster. */
  readonly ofNamespace: string;
}

const sharesOf = rememberedOf(({ payer, side: { self } }: Payable): Shares => {
  const own = { whose: payer, what: payer };
  if (payer === self.namespace) return { all: [own], payer, ofNamespace: payer };
  const ofNamespace = `${self.namespace}|`;
  return { all: [own, { whose: ofNamespace, what: `${ofNamespace}${payer}` }], payer, ofNamespace };
});

/** Looks of one namespace at policies of one payer. */
interface Part extends Pick<Shares, "payer" | "ofNamespace"> {
  looks: number;
}

/** Namespaces whose policies are not weighed, and keys of policies of the whole cluster: for anybody, or after a namespace for its pods. */
export interface Unweighed {
  /** Too many by themselves. */
  readonly tooMany: ReadonlySet<string>;
  /** Those that take the most, where all together are too many. */
  readonly crowded: ReadonlySet<string>;
}

/**
 * Whoever may make policies in one namespace could make so many that nothing else were done: the policies of each have a share. So have those of
 * the whole cluster, and each namespace for what these say of its pods: by labels, those could be selected by ever other sets of them. Where all of these
 * are too many together, those that take the most are given up, so that others are weighed. Looks are counted, not time: answers are the same on every machine.
 */
export class LookBudget implements Unweighed {
  readonly tooMany: Set<string>;
  readonly crowded: Set<string>;
  readonly #namespaces: number;
  readonly #limits: Limits;
  /** By whose they are. */
  readonly #looks = new Map<string, number>();
  readonly #parts = new Map<string, Part>();
  #all = 0;
  /** Without those that were given up. */
  #kept = 0;

  constructor(namespaces: number, { tooMany, crowded }: Unweighed = { tooMany: new Set(), crowded: new Set() }, limits: Limits = LIMITS) {
    this.#namespaces = namespaces;
    this.#limits = limits;
    this.tooMany = new Set(tooMany);
    this.crowded = new Set(crowded);
  }

  /** How many were taken so far, in all. */
  get looks(): number {
    return this.#all;
  }

  /** Once very many were taken in vain, namespaces have no more than all of them can have beside each other. */
  get #mostOfOne(): number {
    const { ofOne, inAll, withLost } = this.#limits;
    return this.#all <= withLost ? ofOne : Math.min(ofOne, inAll / (4 * this.#namespaces));
  }

  isSpent(prepared: Payable): boolean {
    return !prepared.isFree && sharesOf(prepared).all.some(({ whose, what }) => this.#isGivenUp(whose) || this.#isGivenUp(what));
  }

  #isGivenUp(key: string): boolean {
    return this.tooMany.has(key) || this.crowded.has(key);
  }

  spenderOf(prepared: Payable): Spend {
    const shares = sharesOf(prepared);
    return (looks) => {
      const most = this.#mostOfOne;
      const spent = shares.all.find(({ whose }) => (this.#looks.get(whose) ?? 0) + looks > most);
      if (spent) (most < this.#limits.ofOne ? this.crowded : this.tooMany).add(spent.what);
      else this.#take(shares, looks);
      while (this.#kept > this.#limits.inAll) this.#giveUp();
      return !this.isSpent(prepared);
    };
  }

  #take({ all, payer, ofNamespace }: Shares, looks: number): void {
    for (const { whose } of all) this.#looks.set(whose, (this.#looks.get(whose) ?? 0) + looks);
    const key = all.at(-1)?.what ?? payer;
    const part = this.#parts.get(key) ?? { payer, ofNamespace, looks: 0 };
    this.#parts.set(key, part);
    part.looks += looks;
    this.#all += looks;
    this.#kept += looks;
  }

  /** Of the namespace that takes the most its policies, or those of the whole cluster that take the most of that. */
  #giveUp(): void {
    const heaviestBy = (keyOf: (part: Part) => string, parts: readonly Part[]): { readonly key: string; readonly looks: number } => {
      const sums = new Map<string, number>();
      for (const part of parts) sums.set(keyOf(part), (sums.get(keyOf(part)) ?? 0) + part.looks);
      return [...sums].reduce((best, [key, looks]) => (looks > best.looks ? { key, looks } : best), { key: "", looks: -1 });
    };
    const parts = [...this.#parts.values()];
    const namespace = heaviestBy((part) => part.ofNamespace, parts);
    const own = parts.filter(({ ofNamespace }) => ofNamespace === namespace.key);
    const policies = heaviestBy(({ payer }) => payer, own);
    const lost = policies.looks > namespace.looks / 2 ? policies.key : namespace.key;
    this.crowded.add(lost);
    for (const [key, { payer, ofNamespace, looks }] of this.#parts) {
      if (payer !== lost && ofNamespace !== lost) continue;
      this.#parts.delete(key);
      this.#kept -= looks;
      this.#looks.set(ofNamespace, (this.#looks.get(ofNamespace) ?? 0) - looks);
    }
  }
}
