/** No object of Kubernetes comes near it, and everything that walks an object recursively goes this far. */
const LEVELS = 100;
const MARKER = `(nested deeper than ${LEVELS} levels, left out)`;

function isDeep(value: unknown, left: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (left === 0) return true;
  // Every object of a cluster comes through here: what is no object is not asked, and lists are counted through.
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) if (typeof value[at] === "object" && isDeep(value[at], left - 1)) return true;
    return false;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key in fields) if (typeof fields[key] === "object" && isDeep(fields[key], left - 1)) return true;
  return false;
}

function cut(value: unknown, above: readonly object[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  // It has no end: what was cut of it would double with every level.
  if (above.includes(value)) throw new TypeError("it contains itself");
  if (above.length === LEVELS) return MARKER;
  const below = [...above, value];
  if (Array.isArray(value)) return value.map((item) => cut(item, below));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, below)]));
}

/**
 * A value without what lies deeper than 100 levels: a text stands there that says so. The very same value when nothing does. Throws
 * TypeError for one that contains itself.
 */
export function cutDeep<T extends object>(value: T): T {
  return isDeep(value, LEVELS) ? (cut(value, []) as T) : value; // safe: its own level stays what it is
}
