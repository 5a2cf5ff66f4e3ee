import { resourceKey } from "../model/resource-ref";
import type { Verdict } from "../model/verdict";
import { findFieldLines } from "./field-lines";
import type { ObjectPlaces } from "./object-places";
import type { ScanReport } from "./scan-report";

/** A failing verdict where editors and reviews show it. */
export interface PlacedFailure {
  readonly verdict: Verdict;
  readonly found: ObjectPlaces | null;
  /** Of the field, or of the nearest that is there; null where the object stands in no file. */
  readonly line: number | null;
  /** The same as long as the finding is, whatever line it moves to. */
  readonly fingerprint: string;
}

/** The field of the object that the verdict is about; the root where the evidence is about another object. */
function pathOf({ evidence }: Verdict): string {
  return evidence[0]?.object ? "" : (evidence[0]?.path ?? "");
}

/** What fails of a report, in its order. Files are read again for the lines. */
export function placeFailing({ listed, placesOf, documents }: ScanReport): readonly PlacedFailure[] {
  const placed = listed.flatMap((verdict) => {
    if (verdict.state !== "fail") return [];
    const found = placesOf(verdict);
    return [{ verdict, found, wanted: found && { document: found.place, path: pathOf(verdict) } }];
  });
  const lineOf = findFieldLines(
    documents,
    placed.flatMap(({ wanted }) => wanted ?? []),
  );
  return placed.map(({ verdict, found, wanted }) => {
    const copy = found?.copy ? `|${found.copy}` : "";
    const fingerprint = `${verdict.control}|${resourceKey(verdict.resource)}|${verdict.locator}${copy}`;
    return { verdict, found, line: wanted && lineOf(wanted), fingerprint };
  });
}
