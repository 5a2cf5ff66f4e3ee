/** true / false, or null when something was asked for that was not read. */
export type Matched = boolean | null;

export function isAll(parts: readonly Matched[]): Matched {
  return parts.includes(false) ? false : parts.includes(null) ? null : true;
}

export function isAny(parts: readonly Matched[]): Matched {
  return parts.includes(true) ? true : parts.includes(null) ? null : false;
}

export function isNot(matched: Matched): Matched {
  return matched === null ? null : !matched;
}
