import type { ConfigEntry } from "./config-text";

/** Variables and headers of a manifest in YAML: a name and a value in two lines of one item, whichever comes first, and whatever stands between. */
export function createVariables(): { readonly take: (line: string, found: ConfigEntry | null) => ConfigEntry | null } {
  let column = -1;
  let name: string | null = null;
  let value: string | null = null;

  function begin(at: number): void {
    column = at;
    name = null;
    value = null;
  }

  /** What a line says, under the name that its item has where it is the item's value. */
  function take(line: string, found: ConfigEntry | null): ConfigEntry | null {
    if (line.trim() === "") return found;
    const [lead = ""] = /^\s*(?:-\s+)?/.exec(line) ?? [];
    if (lead.includes("-") || lead.length < column) begin(-1);
    if (!found || !/^(?:name|key|value)$/.test(found.key)) return found;
    if (lead.length !== column) begin(lead.length);
    if (found.key === "value") value = found.value;
    else name = found.value;
    return name === null || value === null ? found : { key: name, value };
  }

  return { take };
}
