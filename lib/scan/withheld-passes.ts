import "server-only";
import { evidenceOf } from "@/lib/store/evidence-of";
import type { Pool } from "pg";
import { ALL_OPT_IN_READERS } from "@/lib/collectors/all-opt-in-readers";
import type { AnyControl } from "@/lib/controls/define";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import type { OptInSource } from "@/lib/model/opt-in-source";
import { resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import { toFingerprint } from "@/lib/store/digests";

/** By control, then by fingerprint: why what failed cannot be told to pass. */
type Withheld = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface WithheldBy {
  readonly controls: readonly AnyControl[];
  /** What this cluster's people ask for now. */
  readonly asked: readonly OptInSource[];
  /** `group/Kind` of every resource that was there: what was never read showed nothing. */
  readonly known: readonly string[];
}

/** Also by what the finding showed earlier in the same period: what else failed meanwhile does not mend it. */
const RESTING = `SELECT DISTINCT x.place, encode(f.fingerprint, 'hex') AS fingerprint
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS x(control_id, kind, place)
  JOIN finding f ON f.cluster_id = $1 AND f.control_id = x.control_id
  JOIN finding_span s ON s.finding_id = f.id AND s.closed_seq IS NULL AND s.state IN ('fail', 'waived')
  JOIN finding_span p ON p.finding_id = f.id AND p.open_since_seq = s.open_since_seq
  CROSS JOIN LATERAL jsonb_array_elements(${evidenceOf("p")}) AS e(entry)
  JOIN resource r ON r.cluster_id = $1 AND r.gone_seq IS NULL
    AND r.key = concat_ws('/', x.kind, coalesce(e.entry #>> '{object,namespace}', '-'), e.entry #>> '{object,name}')
  WHERE split_part(x.kind, '/', 2) = e.entry #>> '{object,kind}'`;

/**
 * What failed by an object of a source that is switched off, for controls that judge without it: nobody mended what nobody looks at any more. Controls that
 * need the source say so themselves.
 */
export async function findWithheld(pool: Pool, clusterId: number, { controls, asked, known }: WithheldBy): Promise<Withheld> {
  const off = ALL_OPT_IN_READERS.filter(({ source }) => !asked.includes(source)).map(({ kind: { group, kind }, off: reason }) => ({
    kind,
    key: `${group}/${kind}`,
    reason,
  }));
  const pairs = controls.flatMap(({ id, extraReads = [] }) => {
    const kinds = new Set(extraReads.flatMap((slice): readonly string[] => (slice === "workloads" ? [] : SLICE_KINDS[slice])));
    return off.filter(({ kind, key }) => kinds.has(kind) && known.includes(key)).map(({ key, reason }) => ({ id, key, reason }));
  });
  const withheld = new Map<string, Map<string, string>>();
  if (pairs.length === 0) return withheld;
  const columns = [pairs.map(({ id }) => id), pairs.map(({ key }) => key)];
  const { rows } = await pool.query<{ place: number; fingerprint: string }>(RESTING, [clusterId, ...columns]);
  for (const { place, fingerprint } of rows) {
    const pair = pairs[place - 1];
    if (pair) withheld.set(pair.id, (withheld.get(pair.id) ?? new Map<string, string>()).set(fingerprint, pair.reason));
  }
  return withheld;
}

/** The same verdicts, but for passes that are withheld: those are not assessed. Mostly none is, and nothing is asked of the million of a large scan. */
export function withholdPasses(verdicts: Iterable<Verdict>, withheld: Withheld): Iterable<Verdict> {
  return withheld.size === 0 ? verdicts : withhold(verdicts, withheld);
}

function* withhold(verdicts: Iterable<Verdict>, withheld: Withheld): Generator<Verdict> {
  for (const verdict of verdicts) {
    const { control, resource, locator, state } = verdict;
    const reason = state === "pass" ? withheld.get(control)?.get(toFingerprint(control, resourceKey(resource), locator)) : undefined;
    yield reason === undefined ? verdict : { ...verdict, state: "unknown", reason, evidence: [] };
  }
}
