import { existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Child } from "./child";
import { kubeRequest } from "./kube-request";

const LIMIT_MS = 90_000;

/** Returns once the API server says that it is ready; throws with its last lines when it ends or takes too long. */
export async function waitForApiServer(url: string, caFile: string, token: string, apiServer: Child): Promise<void> {
  const startedAt = Date.now();
  while (Date.now() - startedAt < LIMIT_MS) {
    if (apiServer.exitCode() !== null) throw new Error(`the API server ended:\n${apiServer.tail()}`);
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
