import { existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Child } from "./child";
import { kubeRequest } from "./kube-request";

/** Long only on a machine that is busy with something else. */
const LIMIT_MS = 180_000;

/** What ended before all was ready, with its last lines. */
export class EndedEarly extends Error {}

/** Returns once the API server says that it is ready; throws with the last lines of it, or of what it needs, when that ends or takes too long. */
export async function waitForApiServer(url: string, caFile: string, token: string, etcd: Child, apiServer: Child): Promise<void> {
  const startedAt = Date.now();
  while (Date.now() - startedAt < LIMIT_MS) {
    const ended = [etcd, apiServer].find((child) => child.exitCode() !== null);
    if (ended) throw new EndedEarly(`${ended.name} ended:\n${ended.tail()}`);
    if (existsSync(caFile) && (await isReady(url, readFileSync(caFile, "utf8"), token))) return;
    await wait(100);
  }
  throw new Error(`the API server was not ready after ${LIMIT_MS / 1000} s:\n${apiServer.tail()}`);
}

async function isReady(url: string, caCert: string, token: string): Promise<boolean> {
  try {
    return (await kubeRequest({ url, caCert }, token, "GET", "/readyz")).status === 200;
  } catch {
    return false;
  }
}
