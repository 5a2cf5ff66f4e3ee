import { setTimeout as wait } from "node:timers/promises";
import type { ClusterDto, ListClustersResponse, ScanProgress } from "@/lib/contracts/clusters";
import type { ListFindingsResponse } from "@/lib/contracts/findings";

const ASK_EVERY_MS = 250;
const SCAN_WITHIN_MS = 1_800_000;

async function getJson<T>(url: string, method = "GET"): Promise<T> {
  const answer = await fetch(url, { method });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T; // safe: the server sends what its contract says
}

async function findOnlyCluster(base: string): Promise<ClusterDto | null> {
  return (await getJson<ListClustersResponse>(`${base}/api/v1/clusters`)).clusters[0] ?? null;
}

/** Waits until the server has registered the cluster of its kubeconfig. */
export async function waitForCluster(base: string): Promise<string> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await wait(50)) {
    const cluster = await findOnlyCluster(base);
    if (cluster) return cluster.slug;
  }
  throw new Error("The server did not find the cluster.");
}

/** The next scan of the cluster that is over and not `known`. */
export async function waitForScan(base: string, known: string | null): Promise<ScanProgress> {
  for (const deadline = Date.now() + SCAN_WITHIN_MS; Date.now() < deadline; await wait(ASK_EVERY_MS)) {
    const scan = (await findOnlyCluster(base))?.scan;
    if (!scan || scan.id === known || scan.finishedAt === null) continue;
    if (scan.state !== "done") throw new Error(`The scan is ${scan.state}: ${scan.error}`);
    return scan;
  }
  throw new Error("The scan was not over in half an hour.");
}

export async function startScan(base: string, slug: string): Promise<void> {
  await getJson(`${base}/api/v1/clusters/${slug}/scans`, "POST");
}

export async function findLastScanId(base: string): Promise<string | null> {
  return (await findOnlyCluster(base))?.scan?.id ?? null;
}

/** Null before the first snapshot. */
export async function findAnyFinding(base: string, slug: string): Promise<string | null> {
  const page = await getJson<ListFindingsResponse>(`${base}/api/v1/clusters/${slug}/findings?limit=1`);
  return page.rows[0]?.id ?? null;
}

export function wallMs({ startedAt, finishedAt }: ScanProgress): number {
  return Date.parse(finishedAt ?? "") - Date.parse(startedAt);
}
