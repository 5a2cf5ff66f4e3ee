/** After some steps: lets others work once there were many. */
export type Rest = (steps?: number) => Promise<unknown> | undefined;

/** How many steps are taken between two pauses: some hundredths of a second. */
const MOST_AT_ONCE = 250_000;

/** `looks`: of rules, which count as steps too. */
export function createRest(looks: () => number, pause: () => Promise<unknown>): Rest {
  let taken = 0;
  let rested = looks();
  return (steps = 1) => {
    taken += steps;
    if (taken + looks() - rested < MOST_AT_ONCE) return undefined;
    rested = taken + looks();
    return pause();
  };
}
