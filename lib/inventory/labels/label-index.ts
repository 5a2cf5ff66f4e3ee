import { decodedTexts, record, records, text } from "../../model/json";

type Labels = Readonly<Record<string, string>>;

export interface LabelIndexOptions<T> {
  /** Each set of labels that an item may have. */
  readonly labelSetsOf: (item: T) => readonly Labels[];
  /** Labels that an item may have without showing them: by those none is left out. */
  readonly isHidden?: (key: string) => boolean;
}

/**
 * The items among which a metav1.LabelSelector can find any: those with the rarest label that it asks for. Of each the rest of the selector is still
 * to be asked.
 */
export function createLabelIndex<T>(items: readonly T[], { labelSetsOf, isHidden = () => false }: LabelIndexOptions<T>): (selector: unknown) => readonly T[] {
  const byKey = new Map<string, ReadonlyMap<string | undefined, readonly T[]>>();
  const groupBy = (key: string): ReadonlyMap<string | undefined, readonly T[]> => {
    const byValue = new Map<string | undefined, T[]>();
    for (const item of items) {
      for (const labels of labelSetsOf(item)) {
        if (!Object.hasOwn(labels, key)) continue;
        const known = byValue.get(labels[key]);
        if (!known) byValue.set(labels[key], [item]);
        else if (known.at(-1) !== item) known.push(item);
      }
    }
    byKey.set(key, byValue);
    return byValue;
  };
  return (selector) => {
    const { matchLabels, matchExpressions } = record(selector);
    let fewest = [items];
    let count = items.length;
    const ask = (key: string, values: readonly string[]): void => {
      if (isHidden(key)) return;
      const byValue = byKey.get(key) ?? groupBy(key);
      const found = values.map((value) => byValue.get(value) ?? []);
      const sum = found.reduce((total, { length }) => total + length, 0);
      if (sum < count) [fewest, count] = [found, sum];
    };
    for (const [key, value] of Object.entries(record(matchLabels))) if (typeof value === "string") ask(key, [value]);
    for (const { key, operator, values } of records(matchExpressions)) if (operator === "In") ask(text(key) ?? "", decodedTexts(values));
    const [only] = fewest;
    return only && fewest.length === 1 ? only : [...new Set(fewest.flat())];
  };
}
