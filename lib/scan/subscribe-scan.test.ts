import { setTimeout as wait } from "node:timers/promises";
import { expect, it, vi } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { startScan } from "@/lib/store/scans";
import { withDatabase } from "@/lib/store/testing/with-database";
import { subscribeScan } from "./subscribe-scan";

const used = withDatabase("postgresql");

it("asks a database that hangs once, and goes on when it answers: each question would take a connection along", async () => {
  const { pool, prisma } = used.database;
  const { id } = await saveCluster(prisma, { slug: "c", name: "c", source: "demo" });
  const holder = await pool.connect();
  await holder.query("BEGIN; LOCK TABLE scan");
  const seen: string[] = [];
  const stop = subscribeScan(pool, id, ({ state }) => void seen.push(state));
  await wait(5_000); // it looks every two seconds
  const asked = pool.totalCount - pool.idleCount - 1;
  await holder.query("ROLLBACK");
  holder.release();
  await startScan(pool, id, "manual", "a server");
  await vi.waitUntil(() => seen.includes("running"), 100_000);
  stop();
  expect(asked).toBe(1);
});
