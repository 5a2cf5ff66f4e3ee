import "server-only";
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
    f.locator, false AS "isStale"
  FROM finding f CROSS JOIN LATERAL (SELECT id, state, closed_cause FROM finding_span s WHERE s.finding_id = f.id ORDER BY opened_seq DESC, id DESC LIMIT 1) l
  WHERE f.cluster_id = $1 AND f.fingerprint = ANY($2::bytea[]) AND l.state = 'fail' AND l.closed_cause = 'subsumed'`;

/**
 * Fingerprints of what may be covered no more: of objects that are not as they were, and of subjects of which something ended. Work grows with what changed;
 * what is mended by something else while its graver finding stays is told when that one ends.
 */
export function listMayBeOver(
  { controls, elsewhere }: WereCovered,
  resources: Iterable<KnownResource>,
  ended: readonly EndedFor[],
  resourceOf: (span: KnownSpan) => KnownResource | undefined,
): readonly string[] {
  const asked = new Set(elsewhere);
  const ask = (key: string, locator: string): void => {
    for (const control of controls) asked.add(toFingerprint(control, key, locator));
  };
  if (controls.size === 0) return [...asked];
  for (const { key, change } of resources) if (change === "changed" || change === "gone") ask(key, "");
  for (const { span } of ended) {
    const resource = span.state === "fail" ? resourceOf(span) : undefined;
    if (resource) ask(resource.key, span.locator);
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
