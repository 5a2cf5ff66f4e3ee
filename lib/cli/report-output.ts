import { once } from "node:events";
import { openSync, writeSync } from "node:fs";
import { AppError } from "../errors/app-error";
import { explainUnwritten } from "../format/explain-file-error";

/** Where the report goes. */
export interface ReportOutput {
  /** Waits until it is taken, so that a large report does not pile up in memory. False when nobody reads on (`| head`). Throws AppError when it cannot be kept. */
  readonly write: (text: string) => Promise<boolean>;
  /** Whether people look at it on a terminal that shows colours. */
  readonly isColoured: boolean;
  /** Characters of a line of that terminal; Infinity = it is no terminal. */
  readonly width: number;
}

/** A file, emptied at once: a place that cannot be written is told before anything is judged. Throws bad-request. */
function toFile(file: string): ReportOutput {
  const orThrow = <T>(run: () => T): T => {
    try {
      return run();
    } catch (cause) {
      throw new AppError("bad-request", `--output: ${file} cannot be written: ${explainUnwritten(cause)}.`, { cause });
    }
  };
  const descriptor = orThrow(() => openSync(file, "w"));
  return {
    isColoured: false,
    width: Number.POSITIVE_INFINITY,
    write: async (text) => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += orThrow(() => writeSync(descriptor, bytes, at));
      return true;
    },
  };
}

function toStandardOutput(): ReportOutput {
  let isGone = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    isGone = true;
    if (error.code === "EPIPE") return;
    process.stderr.write(`The report cannot be written: ${explainUnwritten(error)}.\n`);
    process.exit(2);
  });
  return {
    isColoured: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb",
    width: (process.stdout.isTTY === true && process.stdout.columns) || Number.POSITIVE_INFINITY,
    write: async (text) => {
      if (isGone) return false;
      // An error is told by the handler; here it only ends the waiting.
      if (!process.stdout.write(text)) await once(process.stdout, "drain").catch(() => undefined);
      return !isGone;
    },
  };
}

/** Opens the place of the report: a file, or with null standard output. */
export function openReport(file: string | null): ReportOutput {
  return file === null ? toStandardOutput() : toFile(file);
}
