import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";

/** Lists of the spec of a pod, of which `[a, b][]` is all items; the fields on the way into each; and the items, or the keys, that are compared. */
const ITEMS = /^\{\{\s*request\.object\.spec\.(?:\[([\w, ]+)\]|(\w+))\[\]((?:\.\w+(?!\())*)(\.keys\(@\)\[\]|\[\])\s*(?:\|\|\s*(''|`\[\]`)\s*)?\}\}$/;
/** Neither a pattern nor taken from elsewhere. */
const PLAIN = /^[\w./-]*$/;

/** Whether none of the items of a list is another than those that are named, in CEL; null = a condition asks something else. */
function holdsUnless({ key, operator, value }: JsonRecord): string | null {
  const [isItems, several, one = "", path = "", end = "", otherwise] = ITEMS.exec(text(key) ?? "") ?? [];
  const named = texts(value);
  const isPlain = named.length === list(value).length && named.every((item) => PLAIN.test(item));
  // What stands for an empty list is compared, too.
  if (isItems === undefined || operator !== "AnyNotIn" || !isPlain || (otherwise === "''" && !named.includes(""))) return null;
  const steps = path.split(".").slice(1);
  const missing = steps.map((_, index) => `!has(${["e", ...steps.slice(0, index + 1)].join(".")})`);
  const whole = ["e", ...steps].join(".");
  // The last field, of which the items are meant, is a list; of what has keys these are.
  const isIn = `${whole}.all(i, i in ${JSON.stringify(named)})`;
  if (end === "[]" && steps.length === 0) return null;
  const lists = (several ?? one).split(",").map((name) => `object.spec.${name.trim()}`);
  return lists.map((items) => `(!has(${items}) || ${items}.all(e, ${[...missing, isIn].join(" || ")}))`).join(" && ");
}

/** What the `deny` of a rule of Kyverno asks of an object, in CEL; null = it is not put into CEL here. */
export function celOfDenial({ deny }: JsonRecord): string | null {
  const { conditions } = record(deny);
  const { any, all } = record(conditions);
  const [items, operator] = isRecord(conditions) && any !== undefined ? [records(any), " && "] : [records(all ?? conditions), " || "];
  const asked = items.map(holdsUnless);
  if (asked.length === 0 || asked.includes(null) || (any !== undefined && all !== undefined)) return null;
  return asked.map((item) => `(${item})`).join(operator);
}
