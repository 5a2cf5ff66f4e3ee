import { resourceKey } from "../model/resource-ref";
import type { Verdict } from "../model/verdict";
import { findFieldLines } from "./field-lines";
import type { ObjectPlaces } from "./object-places";
import type { ScanReport } from "./scan-report";

/** A failing verdict where editors and reviews show it. */
export interface PlacedFailure {
  readonly verdict: Verdict;
  /** null = nothing was read. */
  readonly found: ObjectPlaces | null;
  /** Of the field, or of the nearest that is there. */
  readonly line: number;
  /** The same as long as the finding is, whatever line it moves to. */
  readonly fingerprint: string;
}

/** The field of the object that the verdict is about; the root where the evidence is about another object. */
function pathOf({ evidence }: Verdict): string {
  return evidence[0]?.object ? "" : (evidence[0]?.path ?? "");
}

interface Place {
  readonly found: ObjectPlaces | null;
  readonly path: string;
}

/**
 * What stands in no file, as a cluster, is shown at the object that its evidence names, or else where the first one begins: code scanning of GitHub refuses
 * the whole report for one result without a file.
 */
function placeOf(verdict: Verdict, { placesOf, documents: [first] }: Pick<ScanReport, "placesOf" | "documents">): Place {
  const found = placesOf(verdict);
  if (found) return { found, path: pathOf(verdict) };
  const [evidence] = verdict.evidence;
  const named = evidence?.object ? placesOf({ ...verdict, resource: evidence.object }) : null;
  if (named) return { found: { ...named, others: [] }, path: evidence?.path ?? "" };
  return { found: first ? { place: first, others: [], copy: 0 } : null, path: "" };
}

/** What fails of a report, in its order. Files are read again for the lines. */
export function placeFailing(report: ScanReport): readonly PlacedFailure[] {
  const placed = report.listed.flatMap((verdict) => {
    if (verdict.state !== "fail") return [];
    const { found, path } = placeOf(verdict, report);
    return [{ verdict, found, wanted: found && { document: found.place, path } }];
  });
  const lineOf = findFieldLines(
    report.documents,
    placed.flatMap(({ wanted }) => wanted ?? []),
  );
  return placed.map(({ verdict, found, wanted }) => {
    const copy = found?.copy ? `|${found.copy}` : "";
    const fingerprint = `${verdict.control}|${resourceKey(verdict.resource)}|${verdict.locator}${copy}`;
    return { verdict, found, line: wanted ? lineOf(wanted) : 1, fingerprint };
  });
}
