import type { DatabaseKind } from "./bench-database";

interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: "ms" | "MiB" | "bytes" | "rows";
  readonly db: DatabaseKind;
}

export interface Report {
  /** False when no figure of these names is asked for: the work for it can be left out. */
  wants(...names: readonly string[]): boolean;
  /** Prints a figure that is asked for, as one line of JSON on standard output. */
  add(figure: Figure): void;
  /** Progress and notices, on standard error. */
  tell(sentence: string): void;
}

export function createReport(prefixes: readonly string[]): Report {
  const isWanted = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
  return {
    wants: (...names) => names.some(isWanted),
    add({ figure, value, unit, db }) {
      if (isWanted(figure)) process.stdout.write(`${JSON.stringify({ figure, value: Math.round(value), unit, db })}\n`);
    },
    tell: (sentence) => void process.stderr.write(`${sentence}\n`),
  };
}
