import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { CANCELLED } from "./scan-messages";
import type { ScanJob, ScanResult } from "./scan-job";
import type { ScanProcess } from "./start-scan-process";

/** So many at once of those that people ask for, beside the lanes of the schedule: more would take the processor and the memory from the pages. */
const AT_ONCE = 3;

interface Turns {
  running: number;
  /** What begins each, in the order in which they were asked for. */
  readonly waiting: Set<() => void>;
}

/** Next bundles routes apart: on globalThis they wait for each other. */
const holder = globalThis as { concentricTurns?: Turns };

function nextBegins(turns: Turns): void {
  const [begin] = turns.running < AT_ONCE ? turns.waiting : [];
  begin?.();
}

/**
 * Starts the process of a scan at once, or, of one that somebody asked for while others of these run, when its turn comes: `onWait` is told then. One that waits
 * can be cancelled as one that runs; a start that fails throws, or rejects `done` when it came later.
 */
export function startInTurn(trigger: ScanJob["trigger"], start: () => ScanProcess, onWait: () => void): ScanProcess {
  if (trigger !== "manual") return start();
  const turns = (holder.concentricTurns ??= { running: 0, waiting: new Set() });
  const run = (): ScanProcess => {
    const scanning = start();
    turns.running += 1;
    const leave = (): void => {
      turns.running -= 1;
      nextBegins(turns);
    };
    scanning.done.then(leave, leave);
    return scanning;
  };
  if (turns.running < AT_ONCE) return run();
  const { promise: done, resolve, reject } = Promise.withResolvers<ScanResult>();
  let scanning: ScanProcess | null = null;
  const begin = (): void => {
    turns.waiting.delete(begin);
    try {
      scanning = run();
      resolve(scanning.done);
    } catch (cause) {
      reject(new AppError("internal", "The scan could not be started: see the server's log.", { cause }));
      nextBegins(turns);
    }
  };
  turns.waiting.add(begin);
  onWait();
  return {
    done,
    cancel() {
      if (scanning) scanning.cancel();
      else if (turns.waiting.delete(begin)) reject(new AppError("conflict", CANCELLED));
    },
  };
}
