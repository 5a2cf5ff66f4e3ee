import type { Pool } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { GET as exportFindings } from "@/app/api/v1/clusters/[cluster]/findings/export/route";
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

type IsMoment = (sql: string) => boolean;

const isOfFindings: IsMoment = (sql) => sql.includes("finding_span");
const isOfSnapshot: IsMoment = (sql) => sql.includes("FROM snapshot");
/** The second time that findings are read whose places in the list are known. */
function isOfNextPage(): IsMoment {
  let pages = 0;
  return (sql) => sql.includes("s JOIN finding f") && (pages += 1) === 2;
}

/** What reads ask; before the first of them that `isMoment` tells, `act` happens. */
function interrupted(pool: Pool, isMoment: IsMoment, act: () => Promise<unknown>): Pool {
  let acted: Promise<unknown> | null = null;
  const query = async (...asked: Parameters<Pool["query"]>): Promise<unknown> => {
    if (isMoment(JSON.stringify(asked[0]))) await (acted ??= act());
    return pool.query(...asked);
  };
  return { query } as unknown as Pool; // all that reads use
}

describe.each(DATABASE_KINDS)("a cluster that is forgotten while it is read, on %s", (kind) => {
  const used = withDatabase(kind);
  afterAll(() => setDatabase(null));

  async function start(slug: string, isForgotten: boolean, isMoment = isOfFindings, names: readonly string[] = ["a"]): Promise<void> {
    const { database } = used;
    const { id } = await saveCluster(database.prisma, { slug, name: slug, source: "demo" });
    const resources = names.map((name) => ({ name, content: "x" }));
    await commitSnapshot(database.pool, makeSnapshot(id, { resources, verdicts: names.map((on) => ({ control: "c1", on })) }));
    setDatabase({ ...database, pool: interrupted(database.pool, isMoment, async () => isForgotten && forgetCluster(database, slug, slug)) });
  }
  const get = (route: typeof getFindings, cluster: string, rest = "") =>
    route(new Request(`http://localhost/api/v1/clusters/${cluster}/findings${rest}`), { params: Promise.resolve({ cluster }) });
  const ask = async (cluster: string, search = "") => {
    const answer = await get(getFindings, cluster, search);
    const { code, total } = await answer.json();
    return [answer.status, code ?? total];
  };

  it("is said to be forgotten, and not to be without findings", async () => {
    const page = pageRead(async ({ cluster }: { readonly cluster: string }) => (await listFindings(cluster, listFindingsQuery.parse({}))).total);
    const show = (cluster: string) => page(Promise.resolve({ cluster }), Promise.resolve({}));

    await start("kept", false);
    expect([await ask("kept"), await show("kept")]).toEqual([[200, 1], { ok: true, value: 1 }]);
    await start("asked", true);
    expect(await ask("asked")).toEqual([410, "gone"]);
    await start("shown", true);
    expect(await show("shown")).toMatchObject({ ok: false, isGone: true });
  });

  it("is said to be forgotten, and not to be without the snapshot that was asked for", async () => {
    await start("pinned", true, isOfSnapshot);
    expect(await ask("pinned", "?at=1")).toEqual([410, "gone"]);
    expect(await ask("unknown", "?at=1")).toEqual([404, "not-found"]);
    await start("early", false);
    expect(await ask("early", "?at=2")).toEqual([404, "not-found"]);
  });

  it("leaves no file that looks whole", async () => {
    const names = Array.from({ length: 501 }, (_, at) => `app-${at}`);
    const read = async (slug: string, isForgotten: boolean) => {
      await start(slug, isForgotten, isOfNextPage(), names);
      return (await get(exportFindings, slug, "/export?format=csv")).text();
    };
    expect((await read("filed", false)).trimEnd().split("\n")).toHaveLength(502);
    await expect(read("half", true)).rejects.toMatchObject({ code: "gone" });
  });
});
