/** A question in CEL; null = what Kyverno asks is not put into CEL here. */
export type Cel = string | null;

/** All of them, or one of them; one that is not known leaves nothing known. */
export function join(parts: readonly Cel[], operator: "&&" | "||"): Cel {
  if (parts.length === 1) return parts[0] ?? null;
  const known = parts.flatMap((part) => part ?? []);
  return known.length < parts.length || parts.length === 0 ? null : `(${known.join(` ${operator} `)})`;
}

const NUMBER = /^\d+$/;
/** What Kyverno reads as a quantity or a duration: 0.1 is 100m. */
const MEASURE = /^[+-]?[\d.]+[a-zA-Zµ]*$/;
/** `10-20`, or `10!-20`. */
const RANGE = /^[+-]?[\d.]+(?:[A-Za-z_]\w*)?!?-[+-]?[\d.]+(?:[A-Za-z_]\w*)?$/;
const PLAIN_RANGE = /^(\d+)(!?)-(\d+)$/;
/** What is looked up elsewhere. */
export const LOOKED_UP = /\{\{|\$\(/;
const WILD = /[*?]/;

const quote = (value: string): string => JSON.stringify(value);

/** A glob as a part of a pattern of CEL. */
export function toPattern(glob: string, any = "[\\s\\S]"): string {
  return glob
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replace(/\*+/g, `${any}*`)
    .replace(/\?/g, any);
}

function likeGlob(glob: string, of: string): string {
  const [, start = "", text = "", end = ""] = /^(\*?)([^*?]*)(\*?)$/.exec(glob) ?? [];
  if (glob === "*") return `${of} != null`;
  if (glob === "?*" || glob === "*?") return `(type(${of}) != string || ${of} != "")`;
  if (text !== "") return `${of}.${start ? (end ? "contains" : "endsWith") : "startsWith"}(${quote(text)})`;
  return `${of}.matches(${quote(`^${toPattern(glob)}$`)})`;
}

/** A text or a glob, as what is written the same is equal to it. */
export function isNamed(name: string, of: string): Cel {
  if (LOOKED_UP.test(name)) return null;
  if (WILD.test(name)) return likeGlob(name, of);
  return name === "true" || name === "false" || NUMBER.test(name)
    ? `${of} in [${NUMBER.test(name) ? BigInt(name) : name}, ${quote(name)}]`
    : `${of} == ${quote(name)}`;
}

/** Whether Kyverno compares something else with a text than the text: a measure, or a range of them. */
export function isMeasured(name: string): boolean {
  return !NUMBER.test(name) && (RANGE.test(name) || MEASURE.test(name));
}

/** A range of whole numbers, or what is not in it. */
export function isInRange(range: string, of: string): Cel {
  const [, from, isOutside, to] = PLAIN_RANGE.exec(range) ?? [];
  if (from === undefined || to === undefined) return null;
  return isOutside ? `(${of} < ${BigInt(from)} || ${of} > ${BigInt(to)})` : `(${of} >= ${BigInt(from)} && ${of} <= ${BigInt(to)})`;
}

/** One text of a pattern, without what joins several. */
function isLike(pattern: string, of: string): Cel {
  const [, order = "", bound = ""] = /^([<>]=?)\s*(.*)$/.exec(pattern) ?? [];
  if (order !== "") return NUMBER.test(bound) ? `${of} ${order} ${BigInt(bound)}` : null;
  if (pattern.startsWith("!")) {
    const bare = pattern.slice(1).trim();
    // What is written as a range is a text there.
    const other = /^[!<>]/.test(bare) || isMeasured(bare) ? null : isNamed(bare, of);
    return other && `!(${other})`;
  }
  return isMeasured(pattern) ? isInRange(pattern, of) : isNamed(pattern, of);
}

function waysOf(pattern: string): readonly (readonly string[])[] {
  return pattern.split("|").map((way) => way.split("&").map((part) => part.trim()));
}

/** A text of a pattern: ways that are joined by `|`, of parts that are joined by `&`. */
export function isLikeText(pattern: string, of: string): Cel {
  if (LOOKED_UP.test(pattern)) return null;
  const ways = waysOf(pattern).map((parts) =>
    join(
      parts.map((part) => isLike(part, of)),
      "&&",
    ),
  );
  return join(ways, "||");
}

const COMPARED: Readonly<Record<string, (bound: number) => boolean>> = {
  "": (bound) => bound === 0,
  "!": (bound) => bound !== 0,
  "<": (bound) => bound > 0,
  "<=": () => true,
  ">": () => false,
  ">=": (bound) => bound === 0,
};

/** Whether a text of a pattern is met where there is nothing: Kyverno compares 0 with its numbers. */
export function isMetByNothing(pattern: string): boolean {
  const isMet = (part: string): boolean => {
    const [, from, isOutside] = PLAIN_RANGE.exec(part) ?? [];
    if (from !== undefined) return (Number(from) === 0) !== (isOutside === "!");
    const [, order = "", bound] = /^(!|[<>]=?)?\s*(\d+)$/.exec(part) ?? [];
    return bound !== undefined && COMPARED[order]?.(Number(bound)) === true;
  };
  return waysOf(pattern).some((parts) => parts.every(isMet));
}
