import { named } from "../model/named";
import type { Evidence } from "../model/verdict";

/** The field that was read with its value, and the object that holds it where that is not the subject; "" = the evidence names no field. */
export function sayField({ path, value, object }: Pick<Evidence, "path" | "value" | "object">): string {
  if (path === "") return "";
  return `${object ? `${named(object)} ` : ""}${path}${value === null ? "" : `: ${value}`}`;
}
