import { expect, it } from "vitest";
import { GET as getSources } from "@/app/api/v1/clusters/[cluster]/sources/route";
import { startScannedOn } from "./testing-scanned";
import { withDatabase } from "@/lib/store/testing/with-database";
import { namespace } from "@/lib/inventory/testing";

const used = withDatabase("pglite");

it("says since when a kind could not be read, however often another one came and went since then", async () => {
  const { database } = used;
  const cluster = await startScannedOn(database);
  await cluster.add("c");
  const sinceOf = async (resource: string, at?: number): Promise<number | undefined> => {
    const { kinds } = await cluster.ask(getSources, at === undefined ? "" : `?at=${at}`);
    return kinds.find((kind: { resource: string }) => kind.resource === resource).since?.seq;
  };
  try {
    const scan = (...denied: string[]) => cluster.scan([namespace({ name: "shop" })], denied);
    await scan();
    const lost = await scan("pods");
    const both = await scan("pods", "services");
    // As scans would leave them: a server that answers for one kind only every other time, for a week.
    const last = both + 300;
    await database.pool.query(
      `INSERT INTO snapshot (cluster_id, seq, taken_at, started_at, duration_ms, trigger, kube_version, catalogue_version, scope_hash, coverage_id, facts, counts)
       SELECT s.cluster_id, n, l.taken_at + (n - l.seq) * interval '1 hour', l.taken_at, s.duration_ms, s.trigger, s.kube_version, s.catalogue_version, s.scope_hash,
         s.coverage_id, s.facts, s.counts
       FROM generate_series($1::int + 1, $2::int) n JOIN snapshot s ON s.seq = CASE WHEN n % 2 = $1::int % 2 THEN $1::int ELSE $1::int - 1 END
       JOIN snapshot l ON l.seq = $1::int`,
      [both, last],
    );
    await cluster.forget();
    expect([await sinceOf("pods"), await sinceOf("services"), await sinceOf("configmaps")]).toEqual([lost, last, undefined]);
    expect([await sinceOf("pods", last - 1), await sinceOf("services", last - 1)]).toEqual([lost, undefined]);
    expect([await sinceOf("pods", lost), await sinceOf("pods", lost - 1)]).toEqual([lost, undefined]);
  } finally {
    await cluster.stop();
  }
});
