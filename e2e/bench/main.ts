import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type DatabaseKind, startBenchDatabases } from "./bench-database";
import { measureScans } from "./measure-scans";
import { measureYear } from "./measure-year";
import { createReport } from "./report";

const SIZES = [500, 5_000, 10_000];
const KINDS: readonly DatabaseKind[] = ["pglite", "postgresql"];

/** Measures every figure that is asked for and prints it. Arguments: `--only PREFIX` (may be repeated), `--db pglite|postgresql`. */
export async function runBench(root: string, generator: string, args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { only: { type: "string", multiple: true, default: [""] }, db: { type: "string" } } });
  const report = createReport(values.only);
  const wanted = KINDS.filter((kind) => values.db === undefined || values.db === kind);
  const databases = await startBenchDatabases(root, wanted);
  if (databases.kinds.length < wanted.length) report.tell("There is no PostgreSQL server here: figures on PGlite only.");
  const given = process.env.CONCENTRIC_BENCH_DIR;
  const folder = given ?? mkdtempSync(path.join(os.tmpdir(), "concentric-bench-"));
  mkdirSync(folder, { recursive: true });
  const days = Number(process.env.CONCENTRIC_BENCH_DAYS ?? 365);
  const setting = { root, generator, folder, databases, report, days };
  try {
    for (const workloads of SIZES) await measureScans(setting, workloads);
    await measureYear(setting);
  } finally {
    await databases.stop();
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
