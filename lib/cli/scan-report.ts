import type { AnyControl } from "../controls/define";
import type { Severity } from "../model/severity";
import type { Verdict } from "../model/verdict";
import type { Catalogue } from "./catalogue";
import type { ObjectPlaces } from "./object-places";
import type { ManifestDocument, ManifestError } from "./parse-documents";

/** What one run came to, for whatever writes it. */
export interface ScanReport extends Pick<Catalogue, "switchedOff" | "reweighted"> {
  readonly listed: readonly Verdict[];
  /** What passes and what does not apply is among them. */
  readonly showsAll: boolean;
  /** What is milder is not. */
  readonly minSeverity: Severity;
  readonly controls: ReadonlyMap<string, AnyControl>;
  readonly documents: readonly ManifestDocument[];
  readonly errors: readonly ManifestError[];
  /** What was read, and describes containers that nothing is known to judge by. */
  readonly notJudged: readonly ManifestError[];
  /** Objects that were judged. */
  readonly objects: number;
  /** Whether a control applies to any of them. */
  readonly isAsked: boolean;
  readonly placesOf: (verdict: Verdict) => ObjectPlaces | null;
  /** Whether it makes the command exit 1. */
  readonly counts: (verdict: Verdict) => boolean;
  readonly isKnown: (verdict: Verdict) => boolean;
  /** How many of what is listed it knows; null = there is no baseline. */
  readonly baseline: { readonly known: number; readonly gone: number } | null;
  /** False where the command exits 2: not all was judged that was to be. */
  readonly isDone: boolean;
}
