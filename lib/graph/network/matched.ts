/** true / false, or null when something was asked for that was not read. */
export type Matched = boolean | null;

/** As every, over what may not be told: one that is false decides, else one that is null leaves it open. */
export function isAll(parts: readonly Matched[]): Matched {
  return parts.includes(false) ? false : parts.includes(null) ? null : true;
}

/** As some: one that is true decides, else one that is null leaves it open. */
export function isAny(parts: readonly Matched[]): Matched {
  return parts.includes(true) ? true : parts.includes(null) ? null : false;
}

/** What may not be told is not told the other way round either. */
export function isNot(matched: Matched): Matched {
  return matched === null ? null : !matched;
}
