import { addToList } from "../../model/add-to-list";
import { record, records, texts } from "../../model/json";

/** A label as one text: values hold no line break. */
export function toAsked(key: string, value: unknown): string {
  return `${key}\n${String(value)}`;
}

export function keyOfAsked(label: string): string {
  return label.slice(0, label.indexOf("\n"));
}

/** One of these labels an end must have; several such lists must all be met. */
export type AskedLabels = readonly (readonly string[])[];

/** What a metav1.LabelSelector asks for in any case. */
export function askedOfSelector(selector: unknown, rename: (key: string) => string = (key) => key): AskedLabels {
  const { matchLabels, matchExpressions } = record(selector);
  const oneOf = records(matchExpressions).filter(({ operator }) => operator === "In");
  return [
    ...Object.entries(record(matchLabels)).map(([key, value]) => [toAsked(rename(key), value)]),
    ...oneOf.map(({ key, values }) => texts(values).map((value) => toAsked(rename(String(key)), value))),
  ];
}

/** What the labels of an end answer to that. */
export function listAsked(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(labels).map(([key, value]) => toAsked(key, value));
}

/** The list whose labels are the rarest in all; undefined = nothing is asked for. */
export function rarestOf(asked: AskedLabels, countOf: (label: string) => number): readonly string[] | undefined {
  const weigh = (labels: readonly string[]): number => labels.reduce((sum, label) => sum + countOf(label), 0);
  const [first, ...others] = asked;
  return first && others.reduce((best, labels) => (weigh(labels) < weigh(best) ? labels : best), first);
}

interface Placed<T> {
  readonly item: T;
  readonly place: number;
}

/** What selects by labels, by the rarest that each asks for: of hundreds of policies, few may select a pod. */
export class ByAskedLabel<T> {
  readonly #items: readonly T[];
  readonly #askedBy: (item: T) => AskedLabels;
  readonly #others: Placed<T>[] = [];
  readonly #byLabel = new Map<string, Placed<T>[]>();

  /** `askedBy`: of an item that may select what has none of the labels, no list. */
  constructor(items: readonly T[], askedBy: (item: T) => AskedLabels) {
    this.#items = items;
    this.#askedBy = askedBy;
    const all = items.map(askedBy);
    const counts = new Map<string, number>();
    for (const label of all.flat(2)) counts.set(label, (counts.get(label) ?? 0) + 1);
    for (const [place, item] of items.entries()) {
      const placed = { item, place };
      const rarest = rarestOf(all[place] ?? [], (label) => counts.get(label) ?? 0);
      if (rarest === undefined) this.#others.push(placed);
      else for (const label of new Set(rarest)) addToList(this.#byLabel, label, placed);
    }
  }

  filter(isMeant: (item: T) => boolean): ByAskedLabel<T> {
    return new ByAskedLabel(this.#items.filter(isMeant), this.#askedBy);
  }

  /** How much is listed whatever the labels are, and what each of them adds. */
  weigh(weightOf: (item: T) => number): { readonly always: number; readonly byLabel: ReadonlyMap<string, number> } {
    const sum = (placed: readonly Placed<T>[]): number => placed.reduce((weight, { item }) => weight + weightOf(item), 0);
    return { always: sum(this.#others), byLabel: new Map([...this.#byLabel].map(([label, placed]) => [label, sum(placed)])) };
  }

  /** All that may select what has the labels, and maybe some that do not, in their order. */
  list(labels: readonly string[]): readonly T[] {
    const named = labels.flatMap((label) => this.#byLabel.get(label) ?? []);
    const found = named.length === 0 ? this.#others : [...new Set([...this.#others, ...named])].sort((a, b) => a.place - b.place);
    return found.map(({ item }) => item);
  }
}
