import { once } from "node:events";
import { type AddressInfo, createServer, Socket } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, expect, it, vi } from "vitest";
import { PrismaClient } from "@/prisma/generated/client";
import { openPool } from "./open-pool";
import { withDatabase } from "./testing/with-database";
import { isDatabaseLost } from "./to-database-error";

const used = withDatabase("postgresql");

afterEach(() => void vi.restoreAllMocks());

it("asks the system to look after a connection on which nothing comes: one that was lost silently would be waited for two hours", async () => {
  const keepAlive = vi.spyOn(Socket.prototype, "setKeepAlive");
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const pool = openPool({ kind: "postgresql", url: `postgresql://me@127.0.0.1:${(server.address() as AddressInfo).port}/none`, max: 1 });
  await expect(pool.query("SELECT 1")).rejects.toThrow();
  expect(keepAlive).toHaveBeenCalledWith(true, 30_000);
  await pool.end();
  server.close();
});

it("gives up connections on which a database says nothing, by plain statements and by Prisma, and tells that it is lost", async () => {
  const source = used.database.createSource();
  if (source.kind !== "postgresql") throw new Error("A database that is served is reached by its address.");
  const holder = await used.database.pool.connect();
  await holder.query("BEGIN");
  await holder.query("LOCK TABLE cluster");
  const pool = openPool(source, () => {}, 2_000);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const asked = [() => pool.query("SELECT 1 FROM cluster"), () => prisma.cluster.count(), () => prisma.$queryRaw`SELECT 1 FROM cluster`];
  const errors = await Promise.all(asked.map((ask) => ask().catch((error: unknown) => error)));
  expect(errors.map(isDatabaseLost)).toEqual([true, true, true]);
  expect(pool.totalCount).toBe(0);
  await holder.query("ROLLBACK");
  holder.release();
  await pool.end();
});
