import { setTimeout as wait } from "node:timers/promises";

/** Long only on a machine that is busy with something else. */
const LIMIT_MS = 200_000;

/** Asks again every 50 ms; throws after the limit, saying what was waited for. */
export async function waitUntil(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const startedAt = Date.now();
  while (!(await isTrue())) {
    if (Date.now() - startedAt > LIMIT_MS) throw new Error(`waited ${LIMIT_MS / 1000} s for ${what}`);
    await wait(50);
  }
}
