import "server-only";
import { LATE_SPANS } from "../as-of/spans-again";
import { toFingerprint } from "../digests";
import type { ClosedCause, WereCovered } from "./commit-input";
import type { EndedSpan } from "./causes";
import type { KnownResource, KnownSpan } from "./open-state";
import type { TransitionWriter } from "./transition-writer";

/** What failed until a graver finding covered it, as it was then. */
export interface CoveredSpan extends EndedSpan {
  readonly locator: string;
}

/** A failure that ended, and why. */
export interface EndedFor {
  readonly span: KnownSpan;
  readonly cause: ClosedCause;
}

const PAGE = 1_000;
const LAST_COVERED = `SELECT l.id, f.id AS "findingId", encode(f.fingerprint, 'hex') AS fingerprint, f.control_id AS "controlId", f.resource_id AS "resourceId",
    f.locator, NULL::int AS "staleSinceSeq"
  FROM finding f CROSS JOIN LATERAL (SELECT id, state, closed_cause FROM ${LATE_SPANS} s WHERE s.finding_id = f.id ORDER BY opened_seq DESC, id DESC LIMIT 1) l
  WHERE f.cluster_id = $1 AND f.fingerprint = ANY($2::bytea[]) AND l.state = 'fail' AND l.closed_cause = 'subsumed'`;

/**
 * Fingerprints of what may be covered no more: of objects that are not as they were, and of subjects of which a graver finding ended. Work grows with what
 * changed and was covered; what is mended by something else while its graver finding stays is told when that one ends.
 */
export function listMayBeOver(
  { ofSubject, ofOthers, elsewhere }: WereCovered,
  resources: ReadonlyMap<number, KnownResource>,
  spans: Iterable<KnownSpan>,
  hasEnded: (span: KnownSpan) => boolean,
): readonly string[] {
  const asked = new Set(elsewhere);
  const ask = (controls: readonly string[], key: string, locator: string): void => {
    for (const control of controls) asked.add(toFingerprint(control, key, locator));
  };
  const isOther = ({ change }: KnownResource): boolean => change === "changed" || change === "gone";
  if (ofOthers.length > 0) for (const resource of resources.values()) if (isOther(resource)) ask(ofOthers, resource.key, "");
  for (const span of spans) {
    const covered = span.state === "fail" ? ofSubject.get(span.controlId) : undefined;
    const resource = covered && resources.get(span.resourceId);
    if (resource && (isOther(resource) || hasEnded(span))) ask(covered, resource.key, span.locator);
  }
  return [...asked];
}

/** Of these fingerprints, what graver findings covered when it was last open. */
export async function findCovered(writer: TransitionWriter, clusterId: number, fingerprints: readonly string[]): Promise<readonly CoveredSpan[]> {
  const found: CoveredSpan[] = [];
  for (let from = 0; from < fingerprints.length; from += PAGE) {
    const page = fingerprints.slice(from, from + PAGE).map((text) => Buffer.from(text, "hex"));
    found.push(...(await writer.query<CoveredSpan>(LAST_COVERED, [clusterId, page])));
  }
  return found;
}
