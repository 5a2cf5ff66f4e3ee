const LIMIT = 200;

/** A value as a text, however long; null when it is not set. */
export function renderWhole(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return (typeof value === "string" ? value : toJson(value)) ?? null;
}

/** A value as evidence shows it: compact JSON, cut at 200 characters; null when it is not set. */
export function renderValue(value: unknown): string | null {
  const rendered = renderWhole(value);
  return rendered !== null && rendered.length > LIMIT ? `${rendered.slice(0, LIMIT - 1)}…` : rendered;
}

/** YAML anchors can make a value that contains itself; JSON cannot say it, nor what is nested thousands of levels deep. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    return error instanceof RangeError ? "a value that is nested too deeply to show" : "a value that contains itself";
  }
}
