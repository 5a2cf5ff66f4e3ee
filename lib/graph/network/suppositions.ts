import { isWithin, RangeSet } from "../../model/ip-address";
import type { Answer } from "../reason";

/** More open questions than this are not tried out. */
const MOST_RUNS = 128;
const RANGE = "range ";

type Held = Map<string, boolean>;

/** Where the other answer to a question gets a run of its own. */
interface Forks {
  /** Whether there are as many as are tried out: none is added then. */
  readonly isFull: () => boolean;
  /** `toHeld` is asked when its run begins, if ever. */
  readonly add: (toHeld: () => Held, doubt: Answer) => void;
}

/** What is not known of a connection, taken as one thing or the other for one run of a decision. */
export class Suppositions {
  readonly #held: Held;
  readonly #forks: Forks;
  /** Ranges that the address is in: each was supposed in a run of its own, so they are few. */
  readonly #inside: readonly string[];
  /** Ranges that it is not in. */
  readonly #outside = new RangeSet();

  constructor(held: Held, forks: Forks) {
    this.#held = held;
    this.#forks = forks;
    const ranges = [...held].filter(([key]) => key.startsWith(RANGE)).map(([key, isIn]) => ({ cidr: key.slice(RANGE.length), isIn }));
    this.#inside = ranges.flatMap(({ cidr, isIn }) => (isIn ? [cidr] : []));
    for (const { cidr, isIn } of ranges) if (!isIn) this.#outside.add(cidr);
  }

  /** The same question gets the same answer all through a run; the other answer has a run of its own. `doubt` is told where they differ. */
  ask(key: string, doubt: Answer): boolean {
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    const { size } = this.#held;
    // What was asked before: a run only adds to what it holds.
    this.#forks.add(() => new Map([...this.#held].slice(0, size)).set(key, true), doubt);
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

  /** Whether it is in one of several, of which `ranges` is made: once nothing more is tried out, those that are left are looked through at once. */
  askRanges(cidrs: readonly string[], ranges: RangeSet, doubt: Answer): boolean {
    let isIn = false;
    for (const cidr of cidrs) {
      if (this.#forks.isFull()) return isIn || this.#inside.some((known) => ranges.holds(known));
      if (this.askRange(cidr, doubt)) isIn = true;
    }
    return isIn;
  }
}

function isTold({ allowed, isPartial }: Answer): boolean {
  return allowed !== null || isPartial === true;
}

/** The answer, where it is the same whatever is not known; else null, with what it hangs on. */
export function weigh(decideUnder: (supposed: Suppositions) => Answer): Answer {
  const runs: { readonly toHeld: () => Held; readonly doubt?: Answer }[] = [{ toHeld: () => new Map() }];
  const isFull = () => runs.length > MOST_RUNS;
  const forks: Forks = {
    isFull,
    add: (toHeld, doubt) => {
      if (!isFull()) runs.push({ toHeld, doubt });
    },
  };
  let first: Answer | undefined;
  for (const { toHeld, doubt } of runs) {
    const answer = decideUnder(new Suppositions(toHeld(), forks));
    if (first && doubt && (answer.allowed !== first.allowed || isFull())) {
      // Open to some addresses and closed to others is told only where both are.
      const { isPartial, ...told } = doubt;
      return isPartial && [answer, first].every(isTold) && answer.allowed !== first.allowed ? doubt : told;
    }
    first ??= answer;
    if (answer.isByAbsence) first = { ...first, isByAbsence: true };
  }
  return first ?? { allowed: null, because: [] };
}
