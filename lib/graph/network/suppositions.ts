import { isWithin, RangeSet } from "../../inventory/ip-address";
import type { Answer } from "../reason";

/** More open questions than this are not tried out. */
const MOST_RUNS = 128;
const RANGE = "range ";

type Held = Map<string, boolean>;

const NOTHING: Held = new Map();

/** What is not known of a connection, taken as one thing or the other for one run of a decision. */
export class Suppositions {
  readonly #held: Held;
  readonly #fork: (toHeld: () => Held, doubt: Answer) => void;
  /** Ranges that the address is in: each was supposed in a run of its own, so they are few. */
  readonly #inside: readonly string[];
  /** Ranges that it is not in. */
  readonly #outside = new RangeSet();

  constructor(held: Held, fork: (toHeld: () => Held, doubt: Answer) => void) {
    this.#held = held;
    this.#fork = fork;
    const ranges = [...held].filter(([key]) => key.startsWith(RANGE)).map(([key, isIn]) => ({ cidr: key.slice(RANGE.length), isIn }));
    this.#inside = ranges.flatMap(({ cidr, isIn }) => (isIn ? [cidr] : []));
    for (const { cidr, isIn } of ranges) if (!isIn) this.#outside.add(cidr);
  }

  /** The same question gets the same answer all through a run; the other answer has a run of its own. `doubt` is told where they differ. */
  ask(key: string, doubt: Answer): boolean {
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    this.#fork(() => new Map(this.#held).set(key, true), doubt);
    this.#held.set(key, false);
    return false;
  }

  /** Whether the one address of the other end is in a range: ranges lie within one another, or apart. */
  askRange(cidr: string, doubt: Answer): boolean {
    for (const known of this.#inside) {
      if (isWithin(known, cidr)) return true;
      if (!isWithin(cidr, known)) return false;
    }
    if (this.#outside.holds(cidr)) return false;
    const isIn = this.ask(`${RANGE}${cidr}`, doubt);
    if (!isIn) this.#outside.add(cidr);
    return isIn;
  }
}

function isTold({ allowed, isPartial }: Answer): boolean {
  return allowed !== null || isPartial === true;
}

/** The answer, where it is the same whatever is not known; else null, with what it hangs on. */
export function weigh(decideUnder: (supposed: Suppositions) => Answer): Answer {
  const runs: { readonly held: Held; readonly doubt?: Answer }[] = [{ held: new Map() }];
  let first: Answer | undefined;
  for (const { held, doubt } of runs) {
    // Once there are too many, none of those that are added is tried out: nothing is kept of what they suppose.
    const fork = (toHeld: () => Held, why: Answer) => runs.push({ held: runs.length > MOST_RUNS ? NOTHING : toHeld(), doubt: why });
    const answer = decideUnder(new Suppositions(held, fork));
    if (first && doubt && (answer.allowed !== first.allowed || runs.length > MOST_RUNS)) {
      // Open to some addresses and closed to others is told only where both are.
      const { isPartial, ...told } = doubt;
      return isPartial && [answer, first].every(isTold) && answer.allowed !== first.allowed ? doubt : told;
    }
    first ??= answer;
  }
  return first ?? { allowed: null, because: [] };
}
