/** The protocols that ports are asked about. */
export const PROTOCOLS = ["TCP", "UDP", "SCTP"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const LAST_PORT = 65_535;

/** A stretch of ports of one protocol, both ends included. */
export interface PortSpan {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/** Where answers may change: the first port of each stretch within which every port is decided alike. */
export class PortCuts {
  readonly #starts = new Map<Protocol, Set<number>>();
  /** Names of ports that rules ask for; each receiver resolves them itself. */
  readonly names = new Set<string>();

  add(protocol: unknown, from: number, to: number = from): void {
    for (const known of PROTOCOLS) if (protocol === known || protocol === "ANY") this.#addTo(known, from, to);
  }

  #addTo(protocol: Protocol, from: number, to: number): void {
    const starts = this.#starts.get(protocol) ?? new Set<number>();
    for (const start of [from, to + 1]) if (Number.isInteger(start) && start > 1 && start <= LAST_PORT) starts.add(start);
    this.#starts.set(protocol, starts);
  }

  /** The starts of each protocol. */
  list(): readonly (readonly [protocol: Protocol, starts: ReadonlySet<number>])[] {
    return [...this.#starts];
  }

  /** Another may be of a bundle of its own, which none of ours looks into. */
  addAll(other: PortCuts): void {
    for (const [protocol, starts] of other.list()) this.#starts.set(protocol, new Set([...(this.#starts.get(protocol) ?? []), ...starts]));
    for (const name of other.names) this.names.add(name);
  }

  /** The stretches of the given protocols, in order; each is decided by any of its ports. */
  toSpans(protocols: readonly Protocol[]): readonly PortSpan[] {
    return protocols.flatMap((protocol) => {
      const starts = [1, ...(this.#starts.get(protocol) ?? [])].sort((a, b) => a - b);
      return starts.map((from, i) => ({ protocol, from, to: (starts[i + 1] ?? LAST_PORT + 1) - 1 }));
    });
  }
}

/** Joins stretches that touch. */
export function joinSpans(spans: readonly PortSpan[]): readonly PortSpan[] {
  const joined: PortSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && last.protocol === span.protocol && last.to + 1 === span.from) joined[joined.length - 1] = { ...last, to: span.to };
    else joined.push(span);
  }
  return joined;
}
