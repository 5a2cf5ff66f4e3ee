import { type PagingKey, withMoment } from "./posture-search";

/**
 * The next page of a list. It names the snapshot that it is of: once there is a newer one, the frame would call the old one "now", and a link that is copied
 * would ask for the page in the newer one, which has no such.
 */
export function nextHref(href: string, seq: number, paging: Readonly<Partial<Record<PagingKey, string>>>): string {
  const [path = "", query = ""] = href.split("?", 2);
  return withMoment(path, new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(query)), ...paging }).toString(), { at: seq });
}
