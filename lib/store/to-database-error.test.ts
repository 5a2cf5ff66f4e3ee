import { expect, it } from "vitest";
import { withDatabase } from "./testing/with-database";
import { isDatabaseLost } from "./to-database-error";

const used = withDatabase("postgresql");

it("knows that the database is lost by what a connection says that broke, at once and when it is used again", async () => {
  const client = await used.database.pool.connect();
  const broken = new Promise<void>((resolve) => client.once("end", resolve));
  const atOnce = await client.query("SELECT pg_terminate_backend(pg_backend_pid())").catch((error: unknown) => error);
  await broken;
  const again = await client.query("SELECT 1").catch((error: unknown) => error);
  client.release(true);
  expect([atOnce, again].map(isDatabaseLost)).toEqual([true, true]);
});
