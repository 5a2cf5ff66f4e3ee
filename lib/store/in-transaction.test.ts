import { describe, expect, it } from "vitest";
import { inTransaction } from "./in-transaction";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

describe.each(DATABASE_KINDS)("a transaction on %s", (kind) => {
  const used = withDatabase(kind);
  const ADD = "INSERT INTO catalogue (version, controls) VALUES ($1, '[]')";
  const versions = async () => (await used.database.pool.query("SELECT version FROM catalogue ORDER BY version")).rows.map(({ version }) => version);

  it("keeps all of what was done, or nothing, and gives the error of what failed", async () => {
    expect(await inTransaction(used.database.pool, async (client) => (await client.query(ADD, ["kept"])).rowCount)).toBe(1);
    const failing = inTransaction(used.database.pool, async (client) => {
      await client.query(ADD, ["lost"]);
      await client.query("SELECT 1 / 0");
    });
    await expect(failing).rejects.toMatchObject({ code: "22012" });
    expect(await versions()).toEqual(["kept"]);
  });

  it("tells why the connection was lost, not that it cannot be rolled back, and others go on", async ({ skip }) => {
    if (kind === "pglite") skip("An embedded database has no connection to lose.");
    const lost = inTransaction(used.database.pool, (client) => client.query("SELECT pg_terminate_backend(pg_backend_pid())"));
    await expect(lost).rejects.toMatchObject({ code: "57P01" });
    const all = Array.from({ length: 10 }, () => inTransaction(used.database.pool, (client) => client.query("SELECT 1 AS one")));
    expect((await Promise.all(all)).map(({ rows }) => rows[0].one)).toEqual(Array.from({ length: 10 }, () => 1));
  });
});
