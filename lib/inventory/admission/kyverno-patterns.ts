import { isRecord, type JsonRecord, list } from "../../model/json";
import { fieldIn, LISTS } from "./kyverno-paths";
import { type Cel, isLikeText, isMetByNothing, join } from "./kyverno-texts";

/** What comes of a part of a pattern. */
interface Asked {
  /** Whether an object is not refused by it. */
  readonly admits: string;
  /** Whether it leaves the object out, and the rule with it; null = it never does. */
  readonly skips: string | null;
}

const ANCHOR = /^([=X^<]?)\((.+)\)$/;
/** Any other mark, or keys that are patterns themselves. */
const OTHER = /[()*?{}$]/;

const plain = (admits: Cel): Asked | null => (admits === null ? null : { admits, skips: null });
const or = (parts: readonly (string | null)[]): string | null => join([...new Set(parts.flatMap((part) => part ?? []))], "||");

/** A condition that must be met for the rest to be asked: `(key)`, or `<(key)`, which is met where the field is not there. */
function ofCondition(isThere: string, asked: Asked | null, isGlobal: boolean): Asked | null {
  // What is left out within a condition is left out by it, too: that is told of one condition alone.
  if (asked === null || asked.skips !== null) return null;
  const isMet = isGlobal ? `(!${isThere} || ${asked.admits})` : `(${isThere} && ${asked.admits})`;
  return { admits: "true", skips: `!${isMet}` };
}

function ofField(written: string, pattern: unknown, of: string, depth: number): Asked | null {
  const [mark, anchor = "", key = written] = ANCHOR.exec(written) ?? [];
  if (OTHER.test(key)) return null;
  const [isThere, value] = fieldIn(of, key);
  if (anchor === "X") return plain(`!${isThere}`);
  if (anchor === "^") {
    const [only, ...more] = list(pattern);
    const found = isRecord(only) && more.length === 0 ? ofFields(only, `e${depth}`, depth + 1) : null;
    return found === null || found.skips !== null ? null : plain(`(!${isThere} || ${value}.exists(e${depth}, ${found.admits}))`);
  }
  // What is asked of a list by one value is asked of each of its items.
  const asked = ofAny(LISTS.has(key) && typeof pattern !== "object" ? [pattern] : pattern, value, depth);
  if (mark !== undefined && (anchor === "" || anchor === "<")) return ofCondition(isThere, asked, anchor === "<");
  if (asked === null) return null;
  const isOptional = anchor === "=" || pattern === null || (typeof pattern === "string" && isMetByNothing(pattern));
  return {
    admits: isOptional ? `(!${isThere} || ${asked.admits})` : `(${isThere} && ${asked.admits})`,
    skips: asked.skips && `(${isThere} && ${asked.skips})`,
  };
}

function ofFields(pattern: JsonRecord, of: string, depth: number): Asked | null {
  const parts = Object.entries(pattern).map(([key, value]) => ofField(key, value, of, depth));
  const known = parts.flatMap((part) => part ?? []);
  if (known.length < parts.length) return null;
  // One part that leaves the object out is enough, whatever comes of the others: which of them comes first is not told.
  const skips = or(known.map((part) => part.skips));
  const all = join([...known.map(({ admits }) => admits).filter((admits) => admits !== "true"), ...(known.length === 0 ? ["true"] : [])], "&&") ?? "true";
  return { admits: skips === null ? all : `(${skips} || ${all})`, skips };
}

/** Of the items of a list those are left out that conditions do not mean; where these are all, so is the whole object. */
function ofItems(items: readonly unknown[], of: string, depth: number): Asked | null {
  const [only, ...more] = items;
  if (only === undefined || more.length > 0) return null;
  const each = ofAny(only, `e${depth}`, depth + 1);
  if (each === null) return null;
  const skips = each.skips && `(${of} != [] && ${of}.all(e${depth}, ${each.skips}))`;
  return { admits: `${of}.all(e${depth}, ${each.admits})`, skips };
}

function ofAny(pattern: unknown, of: string, depth: number): Asked | null {
  if (isRecord(pattern)) return ofFields(pattern, of, depth);
  if (typeof pattern === "string") return plain(isLikeText(pattern, of));
  if (typeof pattern === "boolean") return plain(`${of} == ${pattern}`);
  if (typeof pattern === "number") return plain(Number.isSafeInteger(pattern) ? `${of} == ${pattern}` : null);
  if (pattern === null) return plain(`${of} in [null, false, 0, ""]`);
  return ofItems(list(pattern), of, depth);
}

/** What the patterns of a part of a rule of Kyverno ask of an object, or of an item of one, in CEL; null = it is not put into CEL here. */
export function celOfPatterns({ pattern, anyPattern }: JsonRecord, of = "object"): Cel {
  const ways = isRecord(pattern) ? [pattern] : list(anyPattern);
  const asked = ways.flatMap((way) => (isRecord(way) ? (ofFields(way, of, 0) ?? []) : []));
  if (asked.length < ways.length) return null;
  // One that leaves the object out does not let it through where another refuses it.
  const met = asked.map(({ admits, skips }) => (skips === null || asked.length === 1 ? admits : `(${admits} && !${skips})`));
  const skipped = join(
    asked.map(({ skips }) => skips),
    "&&",
  );
  return join(skipped === null ? met : [...met, skipped], "||");
}
