import { isShippedRoleName } from "../../inventory/shipped-rbac";
import { rememberedOf } from "../../model/remembered";
import type { IndexedRole } from "./indexed-role";
import type { PolicyRule } from "./principal";

/** What roles that select the same take their rules from, by `roleKey`: one list for all of them. */
type Sources = readonly string[];

/** By the `roleKey` of each aggregated role, the ClusterRoles that it takes its rules from, itself perhaps among them. */
export type SourceRoles = ReadonlyMap<string, Sources>;

interface KnownRoles {
  readonly roles: ReadonlyMap<string, IndexedRole>;
  readonly sources: SourceRoles;
}

/** A rule, and the role that brought it. */
interface Origin {
  readonly rule: PolicyRule;
  readonly role: IndexedRole;
}

/** By the text of the rule. */
type Origins = ReadonlyMap<string, Origin>;

/** What is known of lists of sources that lead to each other, or of one that leads no way back. */
interface Ring {
  /** Brought by roles that take nothing from it. */
  readonly brought: Origins;
  /** The first and the second of its own roles that have what none of those brings: where that began, nobody can tell. */
  readonly own: readonly [Origins, Origins];
}

const NONE: Origins = new Map();

const ruleText = rememberedOf((rule: PolicyRule): string =>
  JSON.stringify([rule.verbs, rule.apiGroups, rule.resources, rule.resourceNames, rule.nonResourceURLs]),
);

/** Whoever is first to bring a rule is its origin. Copied once, and only for what another adds: of a long row of roles most add nothing. */
function join(parts: readonly (Origins | ReturnType<typeof giveOwn>)[]): Origins {
  let joined = NONE;
  let own: Map<string, Origin> | null = null;
  for (const part of parts) {
    if (joined.size === 0 && part instanceof Map) joined = part;
    else for (const [text, origin] of part) if (!joined.has(text)) joined = (own ??= new Map(joined)).set(text, origin);
  }
  return joined;
}

function giveOwn(role: IndexedRole): readonly (readonly [string, Origin])[] {
  return role.rules.map((rule) => [ruleText(rule), { rule, role }]);
}

/** Of roles with one and the same rules, two say as much as all. Those that the API server ships come last: others put into them what they have. */
function toMembers(roles: Iterable<IndexedRole>): readonly IndexedRole[] {
  const few = [...Map.groupBy(roles, ({ rules }) => rules).values()].flatMap((alike) => alike.slice(0, 2));
  return few.toSorted((a, b) => Number(isShippedRoleName(a.object.ref)) - Number(isShippedRoleName(b.object.ref)));
}

const rulesOf = rememberedOf((origins: Origins): readonly PolicyRule[] => Array.from(origins.values(), ({ rule }) => rule));

interface Step {
  readonly list: Sources;
  readonly number: number;
  at: number;
  /** The lowest number that it leads back to. */
  low: number;
}

/** Where rules of aggregated roles come from, through other aggregated roles: however many ask, each list of sources is walked once. */
export class RuleOrigins {
  readonly #known: KnownRoles;
  readonly #rings = new Map<Sources, Ring>();
  readonly #numbers = new Map<Sources, number>();
  /** Walked, and not yet known whether others lead back to it. */
  readonly #open: Sources[] = [];

  constructor(known: KnownRoles) {
    this.#known = known;
  }

  /** For each rule of an aggregated role, the role that brought it; undefined = its own or unknown. */
  find(key: string): readonly (IndexedRole | undefined)[] {
    const [role, list] = [this.#known.roles.get(key), this.#known.sources.get(key)];
    if (!role || !list) return [];
    const { brought, own } = this.#ringOf(list);
    return role.rules.map((rule) => {
      const text = ruleText(rule);
      return [brought, ...own].map((origins) => origins.get(text)?.role).find((source) => source && source !== role);
    });
  }

  /** All rules that a list brings. */
  collect(list: Sources): readonly PolicyRule[] {
    const { brought, own } = this.#ringOf(list);
    return rulesOf(join([brought, own[0]]));
  }

  #ringOf(list: Sources): Ring {
    if (!this.#rings.has(list)) this.#walk(list);
    return this.#rings.get(list) ?? { brought: NONE, own: [NONE, NONE] };
  }

  /** By Tarjan's algorithm, on a stack of its own: roles that take from each other one by one may be more than calls can be nested. */
  #walk(from: Sources): void {
    const begin = (list: Sources): Step => {
      const number = this.#numbers.size;
      this.#numbers.set(list, number);
      this.#open.push(list);
      return { list, number, at: 0, low: number };
    };
    const steps = [begin(from)];
    for (let step = steps.at(-1); step; step = steps.at(-1)) {
      const key = step.list[step.at];
      step.at += 1;
      if (key !== undefined) {
        const next = this.#known.sources.get(key);
        if (!next || this.#rings.has(next)) continue;
        const number = this.#numbers.get(next);
        if (number === undefined) steps.push(begin(next));
        else step.low = Math.min(step.low, number);
        continue;
      }
      steps.pop();
      const below = steps.at(-1);
      if (below) below.low = Math.min(below.low, step.low);
      if (step.low === step.number) this.#close(this.#open.splice(this.#open.lastIndexOf(step.list)));
    }
  }

  #close(lists: readonly Sources[]): void {
    const { roles, sources } = this.#known;
    const inRing = new Set(lists);
    const members: IndexedRole[] = [];
    const parts: (Origins | ReturnType<typeof giveOwn>)[] = [];
    const keys = new Set<string>();
    for (const list of lists) for (const key of list) keys.add(key);
    for (const key of keys) {
      const [source, above] = [roles.get(key), sources.get(key)];
      if (!source) continue;
      if (above && inRing.has(above)) members.push(source);
      else {
        const ring = above && this.#rings.get(above);
        if (ring) parts.push(ring.brought, ring.own[0]);
        parts.push(giveOwn(source));
      }
    }
    const [first, second] = [new Map<string, Origin>(), new Map<string, Origin>()];
    for (const [text, origin] of toMembers(members).flatMap(giveOwn)) {
      if (!first.has(text)) first.set(text, origin);
      else if (!second.has(text)) second.set(text, origin);
    }
    const ring: Ring = { brought: join(parts), own: [first, second] };
    for (const list of lists) this.#rings.set(list, ring);
  }
}
