import { isRecord, type JsonRecord, list, records, text } from "../../model/json";

/** A question in CEL; null = what Kyverno asks is not put into CEL here. */
type Cel = string | null;

/** All of them, or one of them; one that is not known leaves nothing known. */
function join(parts: readonly Cel[], operator: "&&" | "||"): Cel {
  if (parts.length === 1) return parts[0] ?? null;
  const known = parts.flatMap((part) => part ?? []);
  return known.length < parts.length || parts.length === 0 ? null : `(${known.join(` ${operator} `)})`;
}

const quote = (value: string): string => JSON.stringify(value);

const NUMBER = /^\d+$/;
/** What Kyverno reads as a quantity or a duration: 0.1 is 100m. */
const MEASURE = /^[+-]?[\d.]+[a-zA-Zµ]*$/;
/** `10-20`, or `10!-20`. */
const RANGE = /^[+-]?[\d.]+\w*!?-[+-]?[\d.]+\w*$/;
/** Where there is nothing Kyverno compares 0 with it. */
const OF_NUMBERS = /(?:^|[|&])\s*(?:!|[<>]=?)?\s*\d+\s*(?:$|[|&])/;
/** What is looked up elsewhere. */
const LOOKED_UP = /\{\{|\$\(/;
const WILD = /[*?]/;

function likeGlob(glob: string, of: string): string {
  const [, start = "", text = "", end = ""] = /^(\*?)([^*?]*)(\*?)$/.exec(glob) ?? [];
  if (glob === "*") return `${of} != null`;
  if (glob === "?*" || glob === "*?") return `(type(${of}) != string || ${of} != "")`;
  if (text !== "") return `${of}.${start ? (end ? "contains" : "endsWith") : "startsWith"}(${quote(text)})`;
  const pattern = glob
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replace(/\*+/g, "[\\s\\S]*")
    .replace(/\?/g, "[\\s\\S]");
  return `${of}.matches(${quote(`^${pattern}$`)})`;
}

/** One text of a pattern, without what joins several. */
function isLike(pattern: string, of: string): Cel {
  const [, order = "", bound = ""] = /^([<>]=?)\s*(.*)$/.exec(pattern) ?? [];
  if (order !== "") return NUMBER.test(bound) ? `${of} ${order} ${bound}` : null;
  if (pattern.startsWith("!")) {
    const other = isLike(pattern.slice(1).trim(), of);
    return other === null || /^[!<>]/.test(pattern.slice(1)) ? null : `!(${other})`;
  }
  if (NUMBER.test(pattern)) return `${of} in [${BigInt(pattern)}, ${quote(pattern)}]`;
  if (RANGE.test(pattern) || MEASURE.test(pattern)) return null;
  if (WILD.test(pattern)) return likeGlob(pattern, of);
  return pattern === "true" || pattern === "false" ? `${of} in [${pattern}, ${quote(pattern)}]` : `${of} == ${quote(pattern)}`;
}

function ofText(pattern: string, of: string): Cel {
  if (LOOKED_UP.test(pattern)) return null;
  const ways = pattern.split("|").map((way) => way.split("&").map((part) => isLike(part.trim(), of)));
  return join(
    ways.map((parts) => join(parts, "&&")),
    "||",
  );
}

const ANCHOR = /^([=X^]?)\((.+)\)$/;
/** Any other mark, or keys that are patterns themselves. */
const OTHER = /[()*?{}$]/;
const FIELD = /^(?!(?:in|true|false|null)$)[A-Za-z_]\w*$/;

function ofField(written: string, pattern: unknown, of: string, depth: number): Cel {
  const [, anchor = "", key = written] = ANCHOR.exec(written) ?? [];
  // A condition, which is no mark before its brackets, leaves out what else is asked.
  if (OTHER.test(key) || (anchor === "" && key !== written)) return null;
  const [isThere, value] = FIELD.test(key) ? [`has(${of}.${key})`, `${of}.${key}`] : [`(${quote(key)} in ${of})`, `${of}[${quote(key)}]`];
  if (anchor === "X") return `!${isThere}`;
  if (anchor === "^") {
    const [only, ...more] = list(pattern);
    const found = isRecord(only) && more.length === 0 ? ofFields(only, `e${depth}`, depth + 1) : null;
    return found === null ? null : `(!${isThere} || ${value}.exists(e${depth}, ${found}))`;
  }
  const asked = ofAny(pattern, value, depth);
  if (asked === null || (anchor === "" && typeof pattern === "string" && OF_NUMBERS.test(pattern))) return null;
  return anchor === "=" || pattern === null ? `(!${isThere} || ${asked})` : `(${isThere} && ${asked})`;
}

function ofFields(pattern: JsonRecord, of: string, depth: number): Cel {
  const parts = Object.entries(pattern).map(([key, value]) => ofField(key, value, of, depth));
  return parts.length === 0 ? "true" : join(parts, "&&");
}

function ofAny(pattern: unknown, of: string, depth: number): Cel {
  if (isRecord(pattern)) return ofFields(pattern, of, depth);
  if (typeof pattern === "string") return ofText(pattern, of);
  if (typeof pattern === "boolean") return `${of} == ${pattern}`;
  if (typeof pattern === "number") return Number.isSafeInteger(pattern) ? `${of} == ${pattern}` : null;
  if (pattern === null) return `${of} in [null, false, 0, ""]`;
  const [only, ...more] = list(pattern);
  if (only === undefined || more.length > 0) return null;
  const each = ofAny(only, `e${depth}`, depth + 1);
  return each === null ? null : `${of}.all(e${depth}, ${each})`;
}

/** What the patterns of a part of a rule ask of an object, or of an item of one. */
function ofPatterns({ pattern, anyPattern }: JsonRecord, of: string, depth: number): Cel {
  const ways = isRecord(pattern) ? [pattern] : list(anyPattern);
  return join(
    ways.map((way) => (isRecord(way) ? ofFields(way, of, depth) : null)),
    "||",
  );
}

/** Lists of a pod, of which `[a, b][]` is all items; and what else a part of `foreach` may say: what chooses among them, or is looked up. */
const LISTS = /^request\.object\.spec\.(?:\[([\w, ]+)\]\[\]|(\w+)(?:\[\])?)$/;
const OF_EACH: ReadonlySet<string> = new Set(["list", "pattern", "anyPattern"]);

/** What a part of `foreach` asks: the same of each item. */
function ofEach(part: JsonRecord): Cel {
  const [, several, one] = LISTS.exec(text(part.list) ?? "") ?? [];
  const asked = ofPatterns(part, "e", 0);
  const lists = (several ?? one)?.split(",").map((name) => `object.spec.${name.trim()}`) ?? [];
  if (asked === null || Object.keys(part).some((key) => !OF_EACH.has(key))) return null;
  return join(
    lists.map((items) => `(!has(${items}) || ${items}.all(e, ${asked}))`),
    "&&",
  );
}

/** What the `validate` of a rule of Kyverno asks of an object, in CEL; null = it is not put into CEL here. */
export function celOfPatterns(validate: JsonRecord): Cel {
  return validate.foreach === undefined ? ofPatterns(validate, "object", 0) : join(records(validate.foreach).map(ofEach), "&&");
}
