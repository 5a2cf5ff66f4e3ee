import type { ConfigEntry } from "./config-text";

const POINTER = /^\/(?:[^\s/]+\/)*([^\s/]+)$/;

/** What an operation of a patch puts somewhere is called as the last part of the way to it; undefined = that is no such way. */
export function pointedAt(path: string): string | undefined {
  return POINTER.exec(path)?.[1];
}

/** Variables and headers of a manifest in YAML, and operations of a patch: a name and a value in two lines of one item, whichever comes first, and whatever stands between. */
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
    const pointed = found?.key === "path" ? pointedAt(found.value) : undefined;
    if (!found || (pointed === undefined && !/^(?:name|key|value)$/.test(found.key))) return found;
    if (lead.length !== column) begin(lead.length);
    if (found.key === "value") value = found.value;
    else name = pointed ?? found.value;
    return name === null || value === null ? found : { key: name, value };
  }

  return { take };
}
