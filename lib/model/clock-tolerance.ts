/** Clocks are put right by seconds, and servers that share a database differ by as much; what is further ahead was written by a clock that was wrong. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;
