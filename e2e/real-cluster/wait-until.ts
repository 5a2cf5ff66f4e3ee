import { setTimeout as wait } from "node:timers/promises";

/** Asks again every 50 ms; throws after `limitMs`, saying what was waited for. Long only on a machine that is busy with something else. */
export async function waitUntil(what: string, isTrue: () => Promise<boolean>, limitMs = 100_000): Promise<void> {
  const startedAt = Date.now();
  while (!(await isTrue())) {
    if (Date.now() - startedAt > limitMs) throw new Error(`waited ${limitMs / 1000} s for ${what}`);
    await wait(50);
  }
}
