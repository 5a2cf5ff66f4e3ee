import "server-only";
import { setImmediate } from "node:timers/promises";

/** One piece of work after the other; others are answered in between. */
export async function inSteps(steps: Iterable<() => unknown>): Promise<void> {
  for (const step of steps) {
    step();
    await setImmediate();
  }
}

/** Workloads that are gone through between two pauses: some milliseconds. */
const AT_ONCE = 250;

/** Steps of what goes through workloads, so many at a time as it is told; it says false when it went through all. */
export function* portionsOf(take: (most: number) => boolean): Generator<() => unknown> {
  let isLeft = true;
  while (isLeft)
    yield () => {
      isLeft = take(AT_ONCE);
    };
}

const PAUSE_EVERY_MS = 10;

/** What is made of each of many, of which each may take long or hardly any time; others are answered in between. */
export async function mapInSteps<T, U>(items: readonly T[], make: (item: T) => U): Promise<readonly U[]> {
  const made: U[] = [];
  let restedMs = performance.now();
  for (const item of items) {
    made.push(make(item));
    if (performance.now() - restedMs < PAUSE_EVERY_MS) continue;
    await setImmediate();
    restedMs = performance.now();
  }
  return made;
}
