import type { Direction, Endpoint } from "./endpoint";

/** What one end sees of another. */
export interface Sight {
  readonly self: Endpoint;
  readonly other: Endpoint;
  readonly direction: Direction;
}

/** Of the policies of one end: the same for every other end, and every port; and what is left of them for one other end. */
interface Found<L> extends Pick<Sight, "self" | "direction"> {
  readonly lines: L;
  narrowed: { readonly other: Endpoint; readonly lines: L } | null;
}

interface LinesOfEnd<P, L> {
  /** Those narrowed to the other end, if that was done last. */
  readonly lineUp: (policies: P, sight: Sight) => L;
  /** Keeps, and returns, what `narrow` leaves of the lines for the other end. */
  readonly narrow: (policies: P, sight: Sight, narrow: (lines: L) => L) => L;
}

/** Keeps what is made of the policies of one end while that is asked about one end after the other, each on hundreds of ports. */
export function keepLines<P extends object, L>(toLines: (policies: P, self: Endpoint, direction: Direction) => L): LinesOfEnd<P, L> {
  const found = new WeakMap<P, Found<L>>();
  const find = (policies: P, { self, direction }: Sight): Found<L> => {
    const known = found.get(policies);
    if (known?.self === self && known.direction === direction) return known;
    const fresh: Found<L> = { self, direction, lines: toLines(policies, self, direction), narrowed: null };
    found.set(policies, fresh);
    return fresh;
  };
  return {
    lineUp: (policies, sight) => {
      const { lines, narrowed } = find(policies, sight);
      return narrowed?.other === sight.other ? narrowed.lines : lines;
    },
    narrow: (policies, sight, narrow) => {
      const known = find(policies, sight);
      const lines = narrow(known.lines);
      known.narrowed = { other: sight.other, lines };
      return lines;
    },
  };
}
