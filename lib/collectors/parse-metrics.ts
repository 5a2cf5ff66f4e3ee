import "server-only";

/** One line of the Prometheus text format. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?\s*$/;
const LABEL = /(?<![a-zA-Z0-9_])([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;
const NEWLINE = 10;

function toPlain(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === "n" ? "\n" : character));
}

function toNumber(text: string): number {
  if (text === "+Inf") return Number.POSITIVE_INFINITY;
  if (text === "-Inf") return Number.NEGATIVE_INFINITY;
  return Number(text);
}

/**
 * The samples of the wanted names, in their order; lines that are none are passed over. An API server's metrics are tens of megabytes,
 * so lines of other names are not even turned into text.
 */
export function* parseMetrics(body: Buffer, names: readonly string[]): Generator<MetricSample> {
  const wanted = names.map((name) => Buffer.from(name));
  for (let at = 0; at < body.length; ) {
    const newline = body.indexOf(NEWLINE, at);
    const end = newline < 0 ? body.length : newline;
    const isWanted = wanted.some((name) => body.compare(name, 0, name.length, at, Math.min(at + name.length, end)) === 0);
    const match = isWanted ? LINE.exec(body.toString("utf8", at, end)) : null;
    const [, name = "", labels = "", value = ""] = match ?? [];
    if (names.includes(name)) {
      const pairs = [...labels.matchAll(LABEL)].map(([, key = "", text = ""]) => [key, toPlain(text)] as const);
      yield { name, labels: Object.fromEntries(pairs), value: toNumber(value) };
    }
    at = end + 1;
  }
}
