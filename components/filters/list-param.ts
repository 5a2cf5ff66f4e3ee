/** Values of a parameter that holds a comma-separated list. */
export function listOf(search: string, name: string): readonly string[] {
  return (new URLSearchParams(search).get(name) ?? "").split(",").filter((value) => value !== "");
}

/** What is chosen: the list of the address, or what the list shows without one. */
export function chosenOf(search: string, name: string, fallback: readonly string[] = []): readonly string[] {
  const chosen = listOf(search, name);
  return chosen.length === 0 ? fallback : chosen;
}

/** The query with one value of a list switched on or off; paging starts anew. `fallback` is what holds without the parameter. */
export function toggleValue(search: string, name: string, value: string, fallback: readonly string[] = []): string {
  const chosen = chosenOf(search, name, fallback);
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  const isFallback = next.length === fallback.length && fallback.every((one) => next.includes(one));
  return withParam(search, name, isFallback ? "" : next.join(","));
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
