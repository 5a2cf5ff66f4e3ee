import path from "node:path";
import { writeKubeconfig } from "../control-plane/kubeconfig";
import { startApiServerProcess } from "./api-server-process";
import type { BenchDatabase } from "./bench-database";
import type { BenchSetting } from "./bench-setting";
import { type DatabaseSize, measureDatabase } from "./database-size";
import { generateCluster } from "./generate-cluster";
import { measureLimit } from "./measure-limit";
import { type ObservedScan, observeScan } from "./observe-scan";
import { percentile } from "./percentile";

/** First scan, unchanged re-scan and one day of drift of one size, each by a server started anew. */
export async function measureScans(setting: BenchSetting, workloads: number): Promise<void> {
  const { databases, report } = setting;
  if (!report.wants(...figuresOf(workloads))) return;
  for (const kind of databases.kinds) {
    const database = await databases.create(kind);
    try {
      await measureOne(setting, workloads, database);
    } finally {
      database.remove();
    }
  }
}

function figuresOf(n: number): readonly string[] {
  return [
    `scan.${n}.wall_ms`,
    `scan.${n}.limit_ms`,
    `scan.${n}.rss_mib`,
    `scan.${n}.process_rss_mib`,
    `scan.${n}.page_p95_ms`,
    `rescan.${n}.bytes`,
    `rescan.${n}.rows`,
    `drift.${n}.bytes`,
  ];
}

async function measureOne({ root, generator, folder, report }: BenchSetting, n: number, database: BenchDatabase): Promise<void> {
  const db = database.kind;
  const scanned: ObservedScan[] = [];
  const kubeconfig = path.join(folder, `kubeconfig-${n}-${db}.json`);

  async function scanDay(day: number, what: string): Promise<{ readonly limitMs: number; readonly size: DatabaseSize }> {
    report.tell(`${db}, ${n} workloads: ${what}`);
    const objects = await generateCluster(generator, folder, { workloads: n, day, format: "jsonl" });
    const api = await startApiServerProcess(root, ["--dir", objects]);
    writeKubeconfig(kubeconfig, api.url);
    try {
      scanned.push(await observeScan(root, { ...database.env, KUBECONFIG: kubeconfig }));
      const limitMs = scanned.length === 1 && report.wants(`scan.${n}.limit_ms`) ? await measureLimit(api.url) : Number.NaN;
      return { limitMs, size: await measureDatabase(database) };
    } finally {
      await api.stop();
    }
  }

  const first = await scanDay(0, "first scan");
  const [observed] = scanned;
  if (observed) report.add({ figure: `scan.${n}.wall_ms`, value: observed.wallMs, unit: "ms", db });
  report.add({ figure: `scan.${n}.limit_ms`, value: first.limitMs, unit: "ms", db });
  let last = first.size;
  const needsRescan = report.wants(`scan.${n}.page_p95_ms`, `scan.${n}.rss_mib`, `scan.${n}.process_rss_mib`, `rescan.${n}.bytes`, `rescan.${n}.rows`);
  if (needsRescan) {
    const { size } = await scanDay(0, "unchanged re-scan");
    report.add({ figure: `rescan.${n}.bytes`, value: size.bytes - last.bytes, unit: "bytes", db });
    report.add({ figure: `rescan.${n}.rows`, value: size.rows - last.rows, unit: "rows", db });
    last = size;
  }
  report.add({ figure: `scan.${n}.rss_mib`, value: Math.max(...scanned.map((scan) => scan.peakRssMib)), unit: "MiB", db });
  report.add({ figure: `scan.${n}.process_rss_mib`, value: Math.max(...scanned.map((scan) => scan.peakScanRssMib)), unit: "MiB", db });
  const pages = scanned.flatMap((scan) => scan.pageMs);
  report.add({ figure: `scan.${n}.page_p95_ms`, value: percentile(pages, 0.95), unit: "ms", db });
  report.tell(
    `${db}, ${n} workloads: ${scanned.map((scan) => `${Math.round(scan.wallMs)} ms, ${Math.round(scan.peakRssMib)} + ${Math.round(scan.peakScanRssMib)} MiB, p95 of ${scan.pageMs.length} pages ${Math.round(percentile(scan.pageMs, 0.95))} ms`).join("; then ")}`,
  );
  if (!report.wants(`drift.${n}.bytes`)) return;
  const { size } = await scanDay(1, "re-scan after a day of drift");
  report.add({ figure: `drift.${n}.bytes`, value: size.bytes - last.bytes, unit: "bytes", db });
}
