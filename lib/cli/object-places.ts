import { resourceKey, toResourceRef } from "../model/resource-ref";
import type { Verdict } from "../model/verdict";
import type { ManifestDocument } from "./parse-documents";

/** Where the object of a verdict stands; `others` = more copies of it, in the order of the files. */
export interface ObjectPlaces {
  readonly place: ManifestDocument;
  readonly others: readonly ManifestDocument[];
  /** Which of the verdicts of one control on objects of one name it is, from 0. */
  readonly copy: number;
}

/**
 * Finds the documents of verdicts. An object that is given twice is judged twice, in the order of its copies: each verdict stands at its own copy.
 * To be told every verdict, in order.
 */
export function createObjectPlaces(documents: readonly ManifestDocument[], namespace: string) {
  const places = Map.groupBy(documents, ({ object }) => resourceKey(toResourceRef(object, namespace)));
  const hasCopies = places.size < documents.length;
  const seen = new Map<string, Verdict[]>();
  const keyOf = (verdict: Verdict) => `${verdict.control} ${verdict.locator} ${resourceKey(verdict.resource)}`;
  return {
    see(verdict: Verdict): void {
      if (!hasCopies) return;
      const copies = places.get(resourceKey(verdict.resource)) ?? [];
      if (copies.length < 2) return;
      const known = seen.get(keyOf(verdict));
      if (known) known.push(verdict);
      else seen.set(keyOf(verdict), [verdict]);
    },
    placesOf(verdict: Verdict): ObjectPlaces | null {
      const copies = places.get(resourceKey(verdict.resource)) ?? [];
      const verdicts = seen.get(keyOf(verdict)) ?? [verdict];
      const copy = Math.max(0, verdicts.indexOf(verdict));
      // Of a whole cluster the last copy is what the object is.
      const own = verdicts.length === copies.length ? copies[copy] : copies.at(-1);
      return own ? { place: own, others: copies.filter((other) => other !== own), copy } : null;
    },
  };
}
