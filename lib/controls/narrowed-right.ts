/** What to expect of advice to narrow a right: it is told of all the same. */
export const NARROWED_RIGHT = "A right that is narrowed, by name or to a namespace, stays a finding, but mostly a less severe one.";
