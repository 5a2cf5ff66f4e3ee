import { messageOf } from "@/lib/model/message-of";
export interface PageSampler {
  /** Ends it; the durations of all pages in milliseconds. */
  stop(): Promise<readonly number[]>;
}

const ASK_EVERY_MS = 200;

/** Asks for pages one after the other at a steady rate, whether or not the one before has come. */
export function startPageSampler(base: string, paths: readonly string[]): PageSampler {
  const durations: number[] = [];
  const asked: Promise<void>[] = [];
  let isBroken: string | null = null;

  async function ask(path: string): Promise<void> {
    const startMs = performance.now();
    try {
      const answer = await fetch(base + path);
      await answer.arrayBuffer();
      if (!answer.ok) isBroken = `${path} answered ${answer.status}`;
      durations.push(performance.now() - startMs);
    } catch (error) {
      isBroken = `${path} did not answer: ${messageOf(error)}`;
    }
  }

  const timer = setInterval(() => {
    const path = paths[asked.length % paths.length];
    if (path !== undefined) asked.push(ask(path));
  }, ASK_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(asked);
      if (isBroken !== null) throw new Error(`A page failed during the scan: ${isBroken}.`);
      return durations;
    },
  };
}
