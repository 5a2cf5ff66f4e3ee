/** Values of a parameter that holds a comma-separated list. */
export function listOf(search: string, name: string): readonly string[] {
  return (new URLSearchParams(search).get(name) ?? "").split(",").filter((value) => value !== "");
}

/** The query with one value of a list switched on or off; paging starts anew. */
export function toggleValue(search: string, name: string, value: string): string {
  const chosen = listOf(search, name);
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return withParam(search, name, next.join(","));
}

/** The query with one parameter set, or removed when it is empty; paging starts anew. */
export function withParam(search: string, name: string, value: string): string {
  const params = new URLSearchParams(search);
  if (value === "") params.delete(name);
  else params.set(name, value);
  params.delete("cursor");
  const query = params.toString().replaceAll("%2C", ",");
  return query === "" ? "" : `?${query}`;
}
