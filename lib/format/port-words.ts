interface Span {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

const LAST = 65_535;

function numbers({ from, to }: Span): string {
  if (from === to) return `${from}`;
  return from <= 1 && to === LAST ? "every port" : `${from}\u2013${to}`;
}

/** "every port", "TCP 5432, 8000–8079", "every port but TCP 5432": ports of one protocol together, the shorter way to say it. */
export function portWords(spans: readonly Span[]): string {
  const byProtocol = Map.groupBy(spans, ({ protocol }) => protocol);
  if (byProtocol.size > 1 && spans.every((span) => numbers(span) === "every port")) return "every port";
  if (spans.length > byProtocol.size) {
    const holes = [...byProtocol].flatMap(([protocol, own]) => holesOf(protocol, own));
    const isMostly = [...byProtocol.values()].every((own) => own[0]?.from === 1 || own.at(-1)?.to === LAST);
    if (byProtocol.size > 1 && isMostly && holes.length < spans.length) return `every port but ${list(holes)}`;
  }
  return list(spans);
}

function holesOf(protocol: string, spans: readonly Span[]): readonly Span[] {
  const holes: Span[] = [];
  let next = 1;
  for (const { from, to } of spans) {
    if (from > next) holes.push({ protocol, from: next, to: from - 1 });
    next = to + 1;
  }
  return next <= LAST ? [...holes, { protocol, from: next, to: LAST }] : holes;
}

function list(spans: readonly Span[]): string {
  return [...Map.groupBy(spans, ({ protocol }) => protocol)].map(([protocol, own]) => `${protocol} ${own.map(numbers).join(", ")}`).join(", ");
}
