import { beforeAll, describe, expect, it, vi } from "vitest";
import { listClusters } from "@/lib/store/clusters";
import { openDatabase } from "@/lib/store/open-database";
import { startPostgres } from "@/lib/store/testing/start-postgres";
import { testConfig } from "@/lib/store/testing/test-databases";
import { getLogger } from "@/lib/telemetry/logger";
import { toErrorResponse } from "./error-response";

const GONE = { code: "unavailable", message: "The database does not answer: try again in a moment. What was stored before is safe.", requestId: "r1" };

describe("toErrorResponse", () => {
  beforeAll(() => void vi.spyOn(getLogger(), "error").mockImplementation(() => {}));

  it("says that the database is gone, by plain statements and by Prisma, when it stops under a running server", async ({ skip }) => {
    const postgres = await startPostgres();
    if (!postgres) return skip("PostgreSQL is not installed.");
    const database = await openDatabase(testConfig({ databaseUrl: await postgres.createDatabase() }), { onLost: () => {}, onConnectionError: () => {} });
    await database.pool.query("SELECT 1");
    await postgres.stop();
    const failures = await Promise.all(
      [database.pool.query("SELECT 1"), listClusters(database.prisma)].map((read) => Promise.resolve(read).catch((error: unknown) => error)),
    );
    for (const failure of failures) {
      const answer = toErrorResponse(failure, "r1");
      expect([answer.status, await answer.json()]).toEqual([503, GONE]);
    }
    await database.close();
  });

  it.each(["08P01", "57P01"])("says so of the code %s, with which a pooler or a server that stops refuses", async (code) => {
    const bare = Object.assign(new Error("server login has been failing"), { code });
    const wrapped = new Error(`Invalid invocation: Database error. Code: \`${code}\`. Message: \`server login has been failing\``);
    for (const error of [bare, wrapped]) expect(await toErrorResponse(error, "r1").json()).toEqual(GONE);
  });

  it.each([
    ["25006", "The database can only be read now, like that of a standby server: nothing is stored until it can be written again."],
    ["53100", "The disk of the database is full: free some space. What was stored before is safe."],
    ["53300", "The database has no connection free: try again in a moment. If it stays, raise its limit or lower DATABASE_POOL_MAX."],
  ])("says what keeps a database that answers from doing what is asked, by the code %s", async (code, message) => {
    const bare = Object.assign(new Error("refused"), { code });
    const wrapped = new Error(`Invalid invocation: Database error. Code: \`${code}\`. Message: \`refused\``);
    for (const error of [bare, wrapped]) {
      const answer = toErrorResponse(error, "r1");
      expect([answer.status, await answer.json()]).toEqual([503, { code: "unavailable", message, requestId: "r1" }]);
    }
  });

  it("tells nothing of an error that nobody expected", async () => {
    const answer = toErrorResponse(new Error("relation secret does not exist"), "r1");
    expect(answer.status).toBe(500);
    expect(JSON.stringify(await answer.json())).not.toContain("relation");
  });
});
