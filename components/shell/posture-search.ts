/** The moment of a page: snapshot it shows, snapshot it compares with. null = the default (now, last review). */
export interface Moment {
  readonly at: number | null;
  readonly since: number | null;
}

const KEYS = ["at", "since"] as const;

/** Where a page of a list begins. */
const PAGING_KEYS = ["cursor", "after", "baseline", "restricted"] as const;
export type PagingKey = (typeof PAGING_KEYS)[number];

/** Reads `at` and `since`; anything but a positive whole number is the default. */
export function parseMoment(search: { get(name: string): string | null }): Moment {
  const read = (name: string): number | null => {
    const text = search.get(name);
    return text !== null && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
  };
  return { at: read("at"), since: read("since") };
}

/** The address of the same page at another moment; a key that is left out stays as it is. */
export function withMoment(pathname: string, search: string, moment: Partial<Moment>): string {
  const params = new URLSearchParams(search);
  for (const key of KEYS) {
    const value = moment[key];
    if (value === null) params.delete(key);
    else if (value !== undefined) params.set(key, String(value));
  }
  dropLaterBaseline(params);
  return join(pathname, params, "");
}

/** The same page at another moment that somebody chooses; paging starts anew, since a page after the first is of one snapshot. */
export function moveMoment(pathname: string, search: string, moment: Partial<Moment>): string {
  const params = new URLSearchParams(search);
  for (const key of PAGING_KEYS) params.delete(key);
  return withMoment(pathname, params.toString(), moment);
}

/** Adds the current moment to a link into the same cluster, unless it is none. A snapshot number means nothing in another cluster. */
export function keepMoment(href: string, pathname: string, search: string): string {
  const slug = clusterOf(href);
  if (slug === null || slug !== clusterOf(pathname)) return href;
  const [address = "", hash = ""] = split(href, "#");
  const [path = "", query = ""] = split(address, "?");
  const current = parseMoment(new URLSearchParams(search));
  const params = new URLSearchParams(query);
  for (const key of KEYS) {
    const value = current[key];
    if (value !== null && !params.has(key)) params.set(key, String(value));
  }
  dropLaterBaseline(params);
  return join(path, params, hash);
}

/** Slug of the cluster that an address belongs to. */
export function clusterOf(href: string): string | null {
  return /^\/c\/([^/?#]+)/.exec(href)?.[1] ?? null;
}

/** The slug of a cluster in the `base` of its pages: "production" of "/c/production". */
export function slugOf(base: string): string {
  return clusterOf(base) ?? "";
}

/** A baseline that is not earlier than the moment was chosen for a later one: nothing can be measured from it, so the default takes its place. */
function dropLaterBaseline(params: URLSearchParams): void {
  const { at, since } = parseMoment(params);
  if (at !== null && since !== null && since >= at) params.delete("since");
}

function split(text: string, at: string): readonly string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function join(path: string, params: URLSearchParams, hash: string): string {
  const query = params.toString();
  return `${path}${query === "" ? "" : `?${query}`}${hash === "" ? "" : `#${hash}`}`;
}
