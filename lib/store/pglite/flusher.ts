import "server-only";
import { syncDirectory } from "./sync-directory";
import { createSyncMark } from "./sync-mark";

const DELAY_MS = 1_000;

interface FlusherMeans {
  readonly dataDir: string;
  /** Writes what the engine holds to its files. */
  readonly checkpoint: () => void;
  /** A transaction is open: a flush waits for its end. */
  readonly isBusy: () => boolean;
  readonly onError: (error: unknown) => void;
}

/** Brings what was written to the disk, a moment after it was, and not once for each statement. */
export interface Flusher {
  readonly schedule: () => void;
  readonly flush: () => Promise<void>;
  /** No flush that was scheduled begins any more. */
  readonly stop: () => void;
  /** What the files hold, without asking the engine. */
  readonly sync: () => Promise<void>;
}

export function createFlusher({ dataDir, checkpoint, isBusy, onError }: FlusherMeans): Flusher {
  const mark = createSyncMark(Date.now, () => performance.now());
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  async function flush(): Promise<void> {
    const sinceMs = mark.next();
    checkpoint();
    await syncDirectory(dataDir, sinceMs);
  }

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = null;
      if (isStopped) return;

      if (isBusy()) schedule();
      else void flush().catch(onError);
    }, DELAY_MS);
  }

  return {
    schedule,
    flush,
    stop: () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
    },
    sync: () => syncDirectory(dataDir, mark.next()),
  };
}
