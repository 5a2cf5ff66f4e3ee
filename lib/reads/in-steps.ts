import "server-only";
import { setImmediate } from "node:timers/promises";

/** One piece of work after the other; others are answered in between. */
export async function inSteps(steps: Iterable<() => unknown>): Promise<void> {
  for (const step of steps) {
    step();
    await setImmediate();
  }
}

/** Items that are gone through between two pauses: some hundredths of a second. */
const AT_ONCE = 50;

/** What is made of each of many; others are answered in between. */
export async function mapInSteps<T, U>(items: readonly T[], make: (item: T) => U): Promise<readonly U[]> {
  const made: U[] = [];
  for (const item of items) {
    made.push(make(item));
    if (made.length % AT_ONCE === 0) await setImmediate();
  }
  return made;
}
