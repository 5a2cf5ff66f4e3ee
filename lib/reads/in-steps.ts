import "server-only";
import { setImmediate } from "node:timers/promises";

/** One piece of work after the other; others are answered in between. */
export async function inSteps(steps: Iterable<() => unknown>): Promise<void> {
  for (const step of steps) {
    step();
    await setImmediate();
  }
}
