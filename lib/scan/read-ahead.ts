import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";

export interface ReadAhead<T> extends AsyncIterable<T> {
  /** Begins before the first page is asked for. */
  start(): void;
}

/**
 * Makes pages up to `limit` ahead of whoever takes them: judging goes on while the database writes. Between pages the event loop gets
 * its turn, so that answers of the database are heard. An error comes out where its page would have.
 */
export function readAhead<T>(pages: Iterable<T> | AsyncIterable<T>, limit: number): ReadAhead<T> {
  const ready: T[] = [];
  let isStarted = false;
  let isEnded = false;
  let isStopped = false;
  let failure: { readonly error: unknown } | null = null;
  let wake: () => void = () => {};
  const changed = () => new Promise<void>((resolve) => (wake = resolve));

  async function produce(): Promise<void> {
    try {
      for await (const page of pages) {
        ready.push(page);
        wake();
        await nextTurn();
        while (ready.length >= limit && !isStopped) await changed();
        if (isStopped) return;
      }
    } catch (error) {
      failure = { error };
    } finally {
      isEnded = true;
      wake();
    }
  }

  function start(): void {
    if (isStarted) return;
    isStarted = true;
    void produce();
  }

  return {
    start,
    async *[Symbol.asyncIterator]() {
      start();
      try {
        for (;;) {
          const page = ready.shift();
          if (page !== undefined) {
            wake();
            yield page;
          } else if (failure !== null) throw failure.error;
          else if (isEnded) return;
          else await changed();
        }
      } finally {
        isStopped = true;
        wake();
      }
    },
  };
}
