import { addToList } from "../../model/add-to-list";
import { decodedTexts, record, records } from "../../model/json";

/** A label as one text: values hold no line break, and null is the empty one. */
export function toAsked(key: string, value: unknown): string {
  return `${key}\n${String(value ?? "")}`;
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
    ...oneOf.map(({ key, values }) => decodedTexts(values).map((value) => toAsked(rename(String(key)), value))),
  ];
}

/** What the labels of an end answer to that; `isAsked` = whether anybody asks for a key. */
export function listAsked(labels: Readonly<Record<string, string>>, isAsked: (key: string) => boolean = () => true): readonly string[] {
  const asked: string[] = [];
  for (const key in labels) if (isAsked(key)) asked.push(toAsked(key, labels[key]));
  return asked;
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
  readonly #keys: ReadonlySet<string>;

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
    this.#keys = new Set([...this.#byLabel.keys()].map(keyOfAsked));
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
    const lists = labels.flatMap((label) => {
      const placed = this.#byLabel.get(label);
      return placed ? [placed] : [];
    });
    if (this.#others.length > 0) lists.push(this.#others);
    const [only = []] = lists;
    // Each is in order by itself.
    const found = lists.length < 2 ? only : [...new Set(lists.flat())].sort((a, b) => a.place - b.place);
    return found.map(({ item }) => item);
  }

  /** The same by labels as they stand on an end: those that nothing is listed by are not written out. */
  listFor(labels: Readonly<Record<string, string>>): readonly T[] {
    return this.list(listAsked(labels, (key) => this.#keys.has(key)));
  }
}
