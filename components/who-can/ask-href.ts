interface Ask {
  readonly by?: string;
  readonly verb?: string;
  readonly resource?: string;
  readonly namespace?: string | null;
  readonly name?: string | null;
  readonly subject?: string;
}

/** The address of one question; what is empty is left out. */
export function askHref(base: string, ask: Ask): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(ask))
    if (typeof value === "string" && value.trim() !== "" && !(name === "by" && value === "capability")) params.set(name, value.trim());
  const query = params.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3A", ":");
  return `${base}/who-can${query === "" ? "" : `?${query}`}`;
}
