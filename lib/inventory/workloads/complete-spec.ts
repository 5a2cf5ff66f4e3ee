import { isRecord, type JsonRecord, record, text } from "../../model/json";
import { stripInjectedToken } from "./injected-token";
import { readShapeText, toPodShape } from "./pod-shape";

/** The items of a list by their names; null when they are not told apart by them. */
function byName(items: readonly unknown[]): ReadonlyMap<string, JsonRecord> | null {
  const named = new Map(items.flatMap((item) => (isRecord(item) && text(item.name) ? [[text(item.name) ?? "", item] as const] : [])));
  return named.size === items.length ? named : null;
}

/** `given` as the template says it, wherever it is what the template's own shape (`told`) shows of it; what shapes leave out comes with it. */
function restore(given: unknown, told: unknown, template: unknown): unknown {
  if (template === undefined) return given;
  if (JSON.stringify(given) === JSON.stringify(told)) return template;
  if (Array.isArray(given)) {
    const [mine, shown, whole] = [given, told ?? [], template].map((items) => (Array.isArray(items) ? byName(items) : null));
    if (!mine || !shown || !whole) return given;
    return [...mine].map(([name, item]) => restore(item, shown.get(name), whole.get(name)));
  }
  if (!isRecord(given) || !isRecord(template)) return given;
  const shown = record(told);
  const leftOut = Object.entries(template).filter(([key]) => shown[key] === undefined && given[key] === undefined);
  return { ...Object.fromEntries(leftOut), ...Object.fromEntries(Object.entries(given).map(([key, item]) => [key, restore(item, shown[key], template[key])])) };
}

/** The spec of a shape with what shapes do not keep as the template says it: nobody compared that, and controls take it from there. */
export function completeSpec(spec: JsonRecord, template: JsonRecord): JsonRecord {
  const { spec: whole } = stripInjectedToken(template);
  return record(restore(spec, readShapeText(toPodShape({}, whole, "").text).spec, whole));
}
