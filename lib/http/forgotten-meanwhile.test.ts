import type { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { listFindingsQuery } from "../contracts/findings";
import { listFindings } from "../reads/list-findings";
import { saveCluster } from "../store/clusters";
import { commitSnapshot } from "../store/commit-snapshot";
import { setDatabase } from "../store/database-handle";
import { forgetCluster } from "../store/forget-cluster";
import { makeSnapshot } from "../store/testing/make-snapshot";
import { DATABASE_KINDS } from "../store/testing/test-databases";
import { withDatabase } from "../store/testing/with-database";
import { pageRead } from "./read-page";

/** What reads ask; before the first of them that is about findings, `act` happens. */
function interrupted(pool: Pool, act: () => Promise<unknown>): Pool {
  let acted: Promise<unknown> | null = null;
  const query = async (...asked: Parameters<Pool["query"]>): Promise<unknown> => {
    if (JSON.stringify(asked[0]).includes("finding_span")) await (acted ??= act());
    return pool.query(...asked);
  };
  return { query } as unknown as Pool; // all that reads use
}

describe.each(DATABASE_KINDS)("a cluster that is forgotten while it is read, on %s", (kind) => {
  const used = withDatabase(kind);
  afterAll(() => setDatabase(null));

  it("is said to be forgotten, and not to be without findings", async () => {
    const { database } = used;
    const start = async (slug: string, isForgotten: boolean): Promise<void> => {
      const { id } = await saveCluster(database.prisma, { slug, name: slug, source: "demo" });
      await commitSnapshot(database.pool, makeSnapshot(id, { resources: [{ name: "a", content: "x" }], verdicts: [{ control: "c1", on: "a" }] }));
      setDatabase({ ...database, pool: interrupted(database.pool, async () => isForgotten && forgetCluster(database, slug, slug)) });
    };
    const ask = async (cluster: string) => {
      const answer = await getFindings(new Request(`http://localhost/api/v1/clusters/${cluster}/findings`), { params: Promise.resolve({ cluster }) });
      const { code, total } = await answer.json();
      return [answer.status, code ?? total];
    };
    const page = pageRead(async ({ cluster }: { readonly cluster: string }) => (await listFindings(cluster, listFindingsQuery.parse({}))).total);
    const show = (cluster: string) => page(Promise.resolve({ cluster }), Promise.resolve({}));

    await start("kept", false);
    expect([await ask("kept"), await show("kept")]).toEqual([[200, 1], { ok: true, value: 1 }]);
    await start("asked", true);
    expect(await ask("asked")).toEqual([410, "gone"]);
    await start("shown", true);
    expect(await show("shown")).toMatchObject({ ok: false, isGone: true });
  });
});
