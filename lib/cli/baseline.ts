import type { AnyControl } from "../controls/define";
import { findControl } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { isRecord, type JsonRecord, list, parseJson, record, text } from "../model/json";
import { resourceKey } from "../model/resource-ref";
import { SEVERITIES, severityRank } from "../model/severity";
import { countEvidence, type Evidence, isRestOfEvidence, type Verdict } from "../model/verdict";
import { decodeText } from "./decode-text";
import { sayUnread } from "../format/explain-file-error";
import { FILE_LIMIT } from "./parse-documents";
import { readAtMost } from "./read-at-most";

/** The findings of an earlier run, by which only what is new counts. */
export interface Baseline {
  /** Of the catalogue that judged it; null where it says none. */
  readonly version: string | null;
  /** Whether a verdict fails that was there already: no graver, and with nothing failing that did not. To be told every verdict. */
  readonly isKnown: (verdict: Verdict) => boolean;
  /** How many of its findings ended, of controls that were asked: no verdict is theirs, or one that passes or does not apply. */
  readonly countGone: () => number;
}

interface KnownFinding {
  readonly rank: number;
  readonly total: number;
  readonly isCut: boolean;
  /** How many observations there were at each place. */
  readonly places: ReadonlyMap<string, number>;
  isSeen: boolean;
}

/** Where something was seen; the place of an item in its list moves when another is put before it. */
function placeOf({ container, path, check, object }: Pick<Evidence, "container" | "path" | "check" | "object">): string {
  return [container ?? "", path.replace(/\[\d+\]/g, "[]"), check ?? "", object ? resourceKey(object) : ""].join("\n");
}

function countPlaces(evidence: readonly Evidence[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const entry of evidence) if (!isRestOfEvidence(entry)) counts.set(placeOf(entry), (counts.get(placeOf(entry)) ?? 0) + 1);
  return counts;
}

/** The id of today of a control that was called otherwise. */
function idOf(control: string): string {
  return findControl(control)?.id ?? control;
}

function keyOf(control: string, resource: Verdict["resource"]): string {
  return `${idOf(control)} ${resourceKey(resource)}`;
}

function toResource(value: unknown): Verdict["resource"] {
  const { apiVersion, kind, namespace, name } = record(value);
  return { apiVersion: text(apiVersion) ?? "", kind: text(kind) ?? "", namespace: text(namespace) ?? null, name: text(name) ?? "" };
}

function toEvidence(value: unknown): Evidence {
  const { path, message, container, check, object } = record(value);
  return {
    path: text(path) ?? "",
    value: null,
    message: text(message) ?? "",
    ...(typeof container === "string" && { container }),
    ...(typeof check === "string" && { check }),
    ...(isRecord(object) && { object: toResource(object) }),
  };
}

function toFinding(result: JsonRecord): KnownFinding {
  const evidence = list(result.evidence).map(toEvidence);
  const severity = SEVERITIES.find((known) => known === result.severity) ?? "info";
  const isCut = evidence.some(isRestOfEvidence);
  return { rank: severityRank(severity), total: countEvidence(evidence), isCut, places: countPlaces(evidence), isSeen: false };
}

function holds(known: KnownFinding, { severity, evidence }: Verdict): boolean {
  if (severityRank(severity) < known.rank || countEvidence(evidence) > known.total) return false;
  // Of what was cut only the number is known.
  return known.isCut || [...countPlaces(evidence)].every(([place, count]) => count <= (known.places.get(place) ?? 0));
}

function readReport(file: string): { readonly results: readonly unknown[]; readonly version: string | null } {
  let content: string;
  try {
    const bytes = readAtMost(file, FILE_LIMIT);
    if (bytes.length > FILE_LIMIT) throw new Error("it is larger than 512 MiB");
    content = decodeText(bytes);
  } catch (cause) {
    throw new AppError("bad-request", `--baseline: ${sayUnread(file, cause)}`, { cause });
  }
  const { results, catalogueVersion } = record(parseJson(content));
  if (Array.isArray(results)) return { results, version: text(catalogueVersion) ?? null };
  throw new AppError("bad-request", `--baseline: ${file} is not a report of --format json.`);
}

/** Reads the report of an earlier run, as `--format json` writes it. What controls said that are not asked now says nothing. Throws bad-request. */
export function readBaseline(file: string, controls: readonly AnyControl[]): Baseline {
  const asked = new Set(controls.map(({ id }) => id));
  const findings = new Map<string, KnownFinding[]>();
  const { results, version } = readReport(file);
  for (const result of results) {
    if (!isRecord(result) || result.state !== "fail" || typeof result.control !== "string" || !asked.has(idOf(result.control))) continue;
    const key = keyOf(result.control, toResource(result.resource));
    findings.set(key, [...(findings.get(key) ?? []), toFinding(result)]);
  }
  return {
    version,
    isKnown: (verdict) => {
      // What could not be assessed, or is told by another control, has not ended.
      if (verdict.state === "pass" || verdict.state === "not-applicable") return false;
      const all = findings.get(keyOf(verdict.control, verdict.resource)) ?? [];
      for (const finding of all) finding.isSeen = true;
      return verdict.state === "fail" && all.some((finding) => holds(finding, verdict));
    },
    countGone: () => [...findings.values()].flat().filter(({ isSeen }) => !isSeen).length,
  };
}
