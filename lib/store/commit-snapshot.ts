import "server-only";
import type { Pool, PoolClient } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { apiVersionName } from "@/lib/model/resource-ref";
import { Causes } from "./commit/causes";
import type { SnapshotCounts, SnapshotInput, SnapshotOutcome, VerdictInput } from "./commit/commit-input";
import { findCovered } from "./commit/covered-ends";
import { FindingRows } from "./commit/finding-rows";
import { createJudgedLast } from "./commit/judged-last";
import { type KnownResource, loadOpenSpans, loadResources } from "./commit/open-state";
import { ResourceDiff } from "./commit/resource-diff";
import { RulesSince } from "./commit/rules-since";
import { writeTallies } from "./commit/tally-diff";
import { toRowsJson } from "./commit/to-rows-json";
import { type Base, TransitionWriter } from "./commit/transition-writer";
import { findUncovered } from "./commit/uncovered";
import { VerdictDiff } from "./commit/verdict-diff";
import { toDigest } from "./digests";
import { SCHEMA } from "./migrate";
import { requireRunning } from "./scans";
import { analyse } from "./tidy";

export interface CommittedSnapshot {
  readonly seq: number;
  readonly counts: SnapshotCounts;
  /** Rows written or changed, the snapshot's own not counted: 0 when nothing changed. */
  readonly transitions: number;
}

const ANALYSE_FROM_ROWS = 2_000;

/**
 * Stores one observation as the transitions since the last one. Everything becomes visible with the snapshot row, or
 * nothing does. Throws AppError `conflict` when another snapshot of the cluster was stored meanwhile, or the scan is over. On an embedded
 * database do not await writes on other connections from inside the iterables: they wait for this one.
 */
export async function commitSnapshot(pool: Pool, input: SnapshotInput): Promise<CommittedSnapshot> {
  const found = await findBase(pool, input.clusterId);
  const base: Base = { ...found, seq: input.baseSeq ?? found.seq };
  const { seq: lastSeq } = base;
  const seq = lastSeq + 1;
  const writer = new TransitionWriter(pool, input.clusterId, base);
  try {
    const known = await loadResources(pool, input.clusterId);
    // Loaded while the first page of resources is still being read.
    const openSpans = loadOpenSpans(pool, input.clusterId, input.layerOf ?? (() => null));
    openSpans.catch(() => {});
    const resourceById = new Map<number, KnownResource>();
    for (const resource of known.values()) resourceById.set(resource.id, resource);
    const resources = new ResourceDiff(known, writer, input.clusterId, seq);
    for await (const page of input.resources) {
      input.signal?.throwIfAborted();
      await resources.take(page);
    }
    await resources.finish(input.staleKinds);

    const spans = await openSpans;
    const resourceOf = (verdict: VerdictInput) => known.get(verdict.resourceKey) ?? resources.addSubject(toSubject(verdict));
    const { clusterId, catalogueVersion, release } = input;
    const rules = new RulesSince({ writer, clusterId, catalogueVersion, release, settingsChangeSince: input.settingsChangeSince ?? (async () => null) });
    const change = lastSeq > 0 ? await rules.since(lastSeq) : null;
    const judgedLast = createJudgedLast(spans, lastSeq, (stale) => rules.listLastJudged(stale));
    const rows = new FindingRows({ writer, clusterId, seq });
    const verdicts = new VerdictDiff({
      spans,
      resourceOf,
      resourceById,
      rows,
      causes: new Causes({
        rules,
        seq,
        returnedKinds: input.returnedKinds ?? new Map(),
        whyUnfixed: input.whyUnfixed ?? (() => null),
        findUncovered: (asked) => findUncovered(writer, release, seq, asked),
      }),
      seq,
      haveSettingsChanged: change?.settings?.failsByOld != null,
      isByRelease: change?.settings?.isByRelease ?? false,
      isJudged: input.isJudged ?? (() => true),
      coveredBy: input.coveredBy ?? (() => []),
      getWereCovered: input.getWereCovered ?? (() => null),
      isCovered: (fingerprint) => input.whyUnfixed?.(fingerprint) === "subsumed",
      findCovered: (fingerprints) => findCovered(writer, clusterId, fingerprints),
      findBlur: async (span) => {
        // A weight that people changed is theirs.
        if (!input.findBlur || change?.settings?.findRegrading(span.controlId)) return null;
        return input.findBlur(span.controlId, { severity: span.severity, judgedSeq: await judgedLast(span) });
      },
    });
    for await (const page of input.verdicts) {
      input.signal?.throwIfAborted();
      await verdicts.take(page);
    }
    const stale = await verdicts.finish(input.staleKinds);
    await resources.flush();

    const outcome = await input.finish(stale);
    await writeTallies(writer, input.clusterId, seq, outcome.tallies);
    input.signal?.throwIfAborted();
    const counts = verdicts.counter.toCounts();
    const transitions = writer.rows;
    const client = await writer.begin();
    await rows.settle();
    if (transitions >= ANALYSE_FROM_ROWS) await analyse(client);
    if (input.scanId !== undefined) await requireRunning(client, input.scanId);
    await insertSnapshot(client, input, outcome, seq, counts);
    await writer.commit();
    return { seq, counts, transitions };
  } catch (error) {
    await writer.rollback();
    throw error;
  }
}

async function findBase(pool: Pool, clusterId: number): Promise<Base> {
  const { rows } = await pool.query<{ seq: number | null; schema: string }>(
    `SELECT s.seq, (${SCHEMA}) AS schema FROM cluster c LEFT JOIN snapshot s ON s.cluster_id = c.id WHERE c.id = $1 ORDER BY s.seq DESC NULLS LAST LIMIT 1`,
    [clusterId],
  );
  const row = rows[0];
  if (row === undefined) throw new AppError("not-found", "This cluster is not known.");
  return { seq: row.seq ?? 0, schema: row.schema };
}

/** Reads a resource key back into its parts, for subjects that are no stored object. */
function toSubject({ resourceKey: key, scope, apiVersion }: VerdictInput) {
  const [group = "", kind = "", namespace = "-", ...name] = key.split("/");
  return {
    key,
    group,
    version: apiVersionName({ apiVersion }),
    kind,
    namespace: namespace === "-" ? null : namespace,
    name: name.join("/"),
    scope,
  };
}

/** Content-addressed: the same coverage is stored once, however many snapshots saw it. */
async function saveCoverage(client: PoolClient, clusterId: number, body: unknown): Promise<number> {
  const json = toRowsJson(body);
  const digest = Buffer.from(toDigest(json), "hex");
  const found = await client.query<{ id: number }>("SELECT id FROM coverage_set WHERE cluster_id = $1 AND digest = $2", [clusterId, digest]);
  if (found.rows[0] !== undefined) return found.rows[0].id;
  const added = await client.query<{ id: number }>("INSERT INTO coverage_set (cluster_id, digest, body) VALUES ($1, $2, $3::jsonb) RETURNING id", [
    clusterId,
    digest,
    json,
  ]);
  const id = added.rows[0]?.id;
  if (id === undefined) throw new AppError("internal", "No row came back from coverage_set.");
  return id;
}

async function insertSnapshot(client: PoolClient, input: SnapshotInput, outcome: SnapshotOutcome, seq: number, counts: SnapshotCounts): Promise<void> {
  const coverageId = await saveCoverage(client, input.clusterId, outcome.coverage);
  await client.query(
    `INSERT INTO snapshot (cluster_id, seq, taken_at, started_at, duration_ms, trigger, kube_version, catalogue_version, scope_hash, coverage_id, facts, counts)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb)`,
    [
      input.clusterId,
      seq,
      outcome.takenAt,
      input.startedAt,
      Math.round(outcome.durationMs),
      input.trigger,
      input.kubeVersion,
      input.catalogueVersion,
      input.scopeHash,
      coverageId,
      toRowsJson(outcome.facts),
      toRowsJson(counts),
    ],
  );
}
