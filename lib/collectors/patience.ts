import "server-only";
import type { Answer, KubeConnection } from "@/lib/kube/kube-connection";
import type { ReadFault } from "@/lib/kube/read-fault";

/** How long the reading of a cluster waits for it. Some time is lost with each kind that is given up: other clusters wait for their turn. */
export interface Patience {
  /** Without an answer: to what one kind asks, and to what all of them do. */
  readonly idleMs: number;
  /** For all that is read of one kind, as long as answers come. */
  readonly kindMs: number;
  /** For all kinds. */
  readonly allMs: number;
  /** After so many kinds of one API group in a row that got no answer, the others of it are not waited for. */
  readonly kindsInARow: number;
}

/** A busy server may ask for four waits of half a minute before a page. */
export const PATIENCE: Patience = { idleMs: 180_000, kindMs: 1_800_000, allMs: 3_600_000, kindsInARow: 3 };

/** Reads of one cluster, each within its time; disposed of, it ends those that are left. */
export interface PatientReading extends Disposable {
  /**
   * What `read` gives with the connection that it is handed, whose requests end with its time; where that is over, or nothing more is asked of this API group or of
   * the cluster, what `toResult` makes of the reason. Throws what `read` throws for other reasons.
   */
  within<T>(group: string, read: (connection: KubeConnection) => Promise<T>, toResult: (fault: ReadFault) => T): Promise<T>;
}

const ACTION = "Check the load of the API server and scan again.";

/** Why reading is given up. It is kept with each snapshot, so it holds nothing that changes from scan to scan. */
class GivenUp extends Error {
  readonly fault: ReadFault;
  constructor(reason: string) {
    super(reason);
    this.fault = { status: "timeout", reason, action: ACTION, httpStatus: null };
  }
}

/** The server has done its work, whatever it says: as against no answer, and one that puts us off. */
function isHeard(answer: Answer): boolean {
  return answer.ok || (answer.fault.httpStatus !== null && answer.fault.httpStatus < 429);
}

/** One that asks to come back later (429) lives, and may be busy for seconds alone. */
function isLate(answer: Answer): boolean {
  return !answer.ok && answer.fault.status === "timeout";
}

const TICKS = 20;

/** Rings after so much time in which answers could be taken: while the machine sleeps, or this program is busy, no more than one tick goes by. */
function createAlarm(ms: number, ring: () => void): { readonly restart: () => void } & Disposable {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => clearInterval(timer);
  const restart = () => {
    stop();
    let left = TICKS;
    timer = setInterval(() => {
      left -= 1;
      if (left > 0) return;
      stop();
      ring();
    }, ms / TICKS);
  };
  restart();
  return { restart, [Symbol.dispose]: stop };
}

/** Begins now. A server that answers nothing any more, or always something more, must not hold up a scan: what is not read in time is told, and the scan goes on. */
export function readPatiently(connection: KubeConnection, patience: Patience): PatientReading {
  let over: GivenUp | null = null;
  /** What is being read, with its API group. */
  const reading = new Map<AbortController, string>();
  /** By API group: kinds in a row that got no answer in time. */
  const unheard = new Map<string, number>();
  const endAll = (reason: string): void => {
    over ??= new GivenUp(reason);
    for (const controller of reading.keys()) controller.abort(over);
  };
  const idle = `${patience.idleMs / 1000} seconds`;
  const minutes = (ms: number) => `${ms / 60_000} minutes`;
  const idleAlarm = createAlarm(patience.idleMs, () => endAll(`The API server answered nothing for ${idle}, so that the scan went on without what was left.`));
  const wholeAlarm = createAlarm(patience.allMs, () =>
    endAll(`Reading this cluster took more than ${minutes(patience.allMs)}, so that the scan went on without what was left.`),
  );

  function whyNot(group: string): GivenUp | null {
    if (over || (unheard.get(group) ?? 0) < patience.kindsInARow) return over;
    return new GivenUp(
      `The API server did not answer for ${patience.kindsInARow} other kinds of the API group ${group || "core"}, so that this one was not waited for.`,
    );
  }

  function addUnheard(group: string): void {
    unheard.set(group, (unheard.get(group) ?? 0) + 1);
    const why = whyNot(group);
    for (const [controller, of] of reading) if (why && of === group) controller.abort(why);
  }

  return {
    async within(group, read, toResult) {
      const known = whyNot(group);
      if (known) return toResult(known.fault);
      const controller = new AbortController();
      const giveUp = (reason: string) => controller.abort(new GivenUp(reason));
      using kindIdle = createAlarm(patience.idleMs, () => giveUp(`The API server answered nothing about this kind for ${idle}.`));
      using _ = createAlarm(patience.kindMs, () => giveUp(`Reading this kind took more than ${minutes(patience.kindMs)}.`));
      reading.set(controller, group);
      let isSlow = false;
      const get: KubeConnection["get"] = async (path, options = {}) => {
        const signal = options.signal ? AbortSignal.any([options.signal, controller.signal]) : controller.signal;
        const answer = await connection.get(path, { ...options, signal });
        isSlow = isLate(answer);
        if (isHeard(answer)) {
          unheard.delete(group);
          for (const alarm of [kindIdle, idleAlarm]) alarm.restart();
        }
        return answer;
      };
      try {
        return await read({ ...connection, get });
      } catch (error) {
        if (!(error instanceof GivenUp)) throw error;
        isSlow = true;
        return toResult(error.fault);
      } finally {
        reading.delete(controller);
        if (isSlow) addUnheard(group);
      }
    },
    [Symbol.dispose]() {
      endAll("Reading this cluster came to an end."); // of another list that was no answer, and nobody takes theirs
      idleAlarm[Symbol.dispose]();
      wholeAlarm[Symbol.dispose]();
    },
  };
}
