import { setTimeout as wait } from "node:timers/promises";

/** Asks again every 50 ms; throws after a minute, saying what was waited for. */
export async function waitUntil(what: string, isTrue: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  const startedAt = Date.now();
  while (!(await isTrue())) {
    if (Date.now() - startedAt > limitMs) throw new Error(`waited ${limitMs / 1000} s for ${what}`);
    await wait(50);
  }
}
