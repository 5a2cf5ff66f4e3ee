import { resourceKey, toResourceRef } from "../model/resource-ref";
import type { Verdict } from "../model/verdict";
import type { ManifestDocument } from "./parse-documents";

/** Where the object of a verdict stands; `others` = more copies of it, in the order of the files, the first few. */
export interface ObjectPlaces {
  readonly place: ManifestDocument;
  readonly others: readonly ManifestDocument[];
  /** Which of the verdicts of one control on objects of one name it is, from 0. */
  readonly copy: number;
}

/** Objects that all lack a name are thousands of one, and each has a result of its own: of the others, so many are looked at. */
const MOST_OTHERS = 20;

/**
 * Finds the documents of verdicts. An object that is given twice is judged twice, in the order of its copies: each verdict stands at its own copy.
 * To be told every verdict, in order.
 */
export function createObjectPlaces(documents: readonly ManifestDocument[], namespace: string) {
  const places = Map.groupBy(documents, ({ object }) => resourceKey(toResourceRef(object, namespace)));
  const hasCopies = places.size < documents.length;
  /** How many verdicts there are of what a key names, and which of them each is. */
  const seen = new Map<string, number>();
  const copyOf = new Map<Verdict, number>();
  const keyOf = (verdict: Verdict) => `${verdict.control} ${verdict.locator} ${resourceKey(verdict.resource)}`;
  return {
    see(verdict: Verdict): void {
      if (!hasCopies) return;
      const copies = places.get(resourceKey(verdict.resource)) ?? [];
      if (copies.length < 2) return;
      const key = keyOf(verdict);
      const count = seen.get(key) ?? 0;
      copyOf.set(verdict, count);
      seen.set(key, count + 1);
    },
    placesOf(verdict: Verdict): ObjectPlaces | null {
      const copies = places.get(resourceKey(verdict.resource)) ?? [];
      const [count, copy] = [seen.get(keyOf(verdict)) ?? 1, copyOf.get(verdict) ?? 0];
      // Of a whole cluster the last copy is what the object is.
      const own = count === copies.length ? copies[copy] : copies.at(-1);
      const others = copies.slice(0, MOST_OTHERS + 1).filter((other) => other !== own);
      return own ? { place: own, others: others.slice(0, MOST_OTHERS), copy } : null;
    },
  };
}
