import "server-only";
import type { Pool } from "pg";
import type { AnyControl } from "@/lib/controls/define";
import { parseCoverage } from "@/lib/reads/read-coverage";
import type { KindCoverage } from "@/lib/model/coverage";
import type { Tally } from "@/lib/scoring/tally";
import { SCOPES } from "@/lib/model/verdict";
import { findCoverage, findLatestSnapshot } from "@/lib/store/snapshots";
import { listTallies } from "@/lib/store/tallies";
import { listKnownKinds } from "@/lib/store/known-kinds";

/** What the last snapshot knew, for what this scan cannot see. */
export interface LastKnown {
  readonly tallies: readonly Tally[];
  /** `group/Kind` of every resource that was there. */
  readonly kinds: readonly string[];
  /** What it read and what it did not. */
  readonly coverage: readonly KindCoverage[];
  /** Null before the first one. */
  readonly snapshot: { readonly seq: number; readonly takenAt: Date; readonly facts?: unknown } | null;
}

/** `findControl` knows the controls that are in force; what others had counted is left out. */
export async function loadLastKnown(pool: Pool, clusterId: number, findControl: (id: string) => AnyControl | null): Promise<LastKnown> {
  const snapshot = await findLatestSnapshot(pool, clusterId);
  if (snapshot === null) return { tallies: [], kinds: [], coverage: [], snapshot: null };
  const rows = await listTallies(pool, clusterId, snapshot.seq);
  const tallies = rows.flatMap(({ key, scope, dimension: _dimension, ...counts }): Tally[] => {
    const control = findControl(key);
    const known = SCOPES.find((name) => name === scope);
    return control && known ? [{ ...counts, control: control.id, layer: control.layer, scope: known }] : [];
  });
  const coverage = parseCoverage(await findCoverage(pool, clusterId, snapshot.seq));
  return { tallies, kinds: await listKnownKinds(pool, clusterId), coverage, snapshot };
}

/** What the scan of a snapshot read and what it did not. */
export function createCoverageAt(pool: Pool, clusterId: number, { snapshot, coverage }: LastKnown): (seq: number) => Promise<readonly KindCoverage[]> {
  const known = new Map(snapshot ? [[snapshot.seq, Promise.resolve(coverage)]] : []);
  return (seq) => {
    const found = known.get(seq) ?? findCoverage(pool, clusterId, seq).then((body) => parseCoverage(body));
    known.set(seq, found);
    return found;
  };
}
