import "server-only";
import type { ScanProgress } from "@/lib/contracts/clusters";

/** A scan that this process runs. */
export interface RunningScan {
  readonly scanId: string;
  readonly clusterId: number;
  readonly progress: () => ScanProgress;
  readonly cancel: () => void;
  /** Resolves when the scan is over and its row says so; never rejects. */
  readonly ended: Promise<ScanProgress>;
}

export type ProgressListener = (progress: ScanProgress) => void;

interface Holder {
  concentricScans?: { readonly running: Map<number, RunningScan>; readonly listeners: Map<number, Set<ProgressListener>>; isEnding: boolean };
}

/** Next bundles pages and start-up code apart: what runs is kept on globalThis. */
const holder = globalThis as Holder;

function scans() {
  holder.concentricScans ??= { running: new Map(), listeners: new Map(), isEnding: false };
  return holder.concentricScans;
}

export function findRunningScan(clusterId: number): RunningScan | null {
  return scans().running.get(clusterId) ?? null;
}

export function listRunningScans(): readonly RunningScan[] {
  return [...scans().running.values()];
}

export function addRunningScan(scan: RunningScan): void {
  scans().running.set(scan.clusterId, scan);
}

/** Cancels what runs and waits for its end; from now on `isEnding`, and none may begin. */
export async function endScans(): Promise<void> {
  scans().isEnding = true;
  const running = listRunningScans();
  for (const scan of running) scan.cancel();
  await Promise.all(running.map((scan) => scan.ended));
}

/** The process ends: a scan that began now would be killed with it. */
export function isEnding(): boolean {
  return scans().isEnding;
}

export function removeRunningScan(scan: RunningScan): void {
  if (scans().running.get(scan.clusterId) === scan) scans().running.delete(scan.clusterId);
}

export function tellListeners(clusterId: number, progress: ScanProgress): void {
  for (const listener of scans().listeners.get(clusterId) ?? []) listener(progress);
}

/** Calls back for every step of scans of a cluster that this process runs; returns how to stop. */
export function addListener(clusterId: number, listener: ProgressListener): () => void {
  const { listeners } = scans();
  const ofCluster = listeners.get(clusterId) ?? new Set();
  listeners.set(clusterId, ofCluster.add(listener));
  return () => {
    ofCluster.delete(listener);
  };
}
