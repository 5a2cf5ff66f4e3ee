import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { INTERRUPTED } from "@/lib/store/scans";
import { withDatabase } from "@/lib/store/testing/with-database";
import { cancelScan } from "./cancel-scan";
import { addRunningScan, endScans, findRunningScan, type RunningScan, removeRunningScan } from "./running-scans";
import { startScan } from "./start-scan";

const folder = mkdtempSync(path.join(os.tmpdir(), "concentric-scans-"));
afterAll(() => rmSync(folder, { recursive: true }));
const used = withDatabase("pglite");

it("takes from what runs the scan that is over, not the next one of its cluster", () => {
  const [one, next] = ["one", "next"].map((scanId) => ({ scanId, clusterId: 7 })) as [RunningScan, RunningScan]; // safe: nobody asks more of them
  for (const scan of [one, next]) addRunningScan(scan);
  removeRunningScan(one);
  expect(findRunningScan(7)).toBe(next);
  removeRunningScan(next);
  expect(findRunningScan(7)).toBeNull();
});

it("ends all scans of a process that is stopped, and lets none begin meanwhile", async () => {
  const script = path.join(folder, "waiting.mjs");
  writeFileSync(script, `process.on("message", ({ type }) => type === "cancel" && process.exit());`);
  const add = (slug: string) => saveCluster(used.database.prisma, { slug, name: slug, source: "demo", server: "http://127.0.0.1:1" });
  const [running, beginning, late] = [await add("running"), await add("beginning"), await add("late")];
  const scan = await startScan(used.database, running, { trigger: "manual", script });
  const cancelled = await startScan(used.database, await add("cancelled"), { trigger: "manual", script });
  await cancelScan(used.database.pool, cancelled.clusterId);
  const between = startScan(used.database, beginning, { trigger: "schedule", script });
  const ended = endScans();
  await expect(between).rejects.toMatchObject({ code: "unavailable" });
  await expect(startScan(used.database, late, { trigger: "schedule", script })).rejects.toMatchObject({ code: "unavailable" });
  await ended;
  expect(await scan.ended).toMatchObject({ state: "failed", error: INTERRUPTED });
  const { rows } = await used.database.pool.query("SELECT state, error FROM scan ORDER BY state");
  const interrupted = { state: "failed", error: INTERRUPTED };
  expect(rows).toEqual([{ state: "cancelled", error: null }, interrupted, interrupted]);
});
