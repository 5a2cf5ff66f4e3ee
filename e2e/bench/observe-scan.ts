import { startPageSampler } from "./page-sampler";
import { findAnyFinding, findLastScanId, startScan, waitForCluster, waitForScan, wallMs } from "./server-client";
import { startServerProcess } from "./server-process";

export interface ObservedScan {
  /** From the scan's own record: collect, judge and store. */
  readonly wallMs: number;
  /** Of the server. */
  readonly peakRssMib: number;
  /** Of the process that scans. */
  readonly peakScanRssMib: number;
  readonly pageMs: readonly number[];
}

/** Starts the server, scans once while pages are asked for, and stops the server. The first scan of a database starts by itself. */
export async function observeScan(root: string, env: Readonly<Record<string, string>>): Promise<ObservedScan> {
  const server = await startServerProcess(root, env);
  try {
    const slug = await waitForCluster(server.base);
    const finding = await findAnyFinding(server.base, slug);
    const pages = [`/c/${slug}`, `/c/${slug}/findings`, ...(finding === null ? [] : [`/c/${slug}/findings/${finding}`])];
    const known = finding === null ? null : await findLastScanId(server.base);
    if (finding !== null) await visitOnce(server.base, pages);
    const sampler = startPageSampler(server.base, pages);
    if (finding !== null) await startScan(server.base, slug);
    const scan = await waitForScan(server.base, known);
    return { wallMs: wallMs(scan), pageMs: await sampler.stop(), peakRssMib: server.peakRssMib(), peakScanRssMib: server.peakScanRssMib() };
  } finally {
    await server.stop();
  }
}

/** What a page costs the first time, when its code is loaded, says nothing about scans. */
async function visitOnce(base: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await (await fetch(base + path)).arrayBuffer();
}
