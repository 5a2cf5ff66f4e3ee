import { withMoment } from "../shell/posture-search";

/**
 * The next page of the list. It names the snapshot that it is of: once there is a newer one, the frame would call the old one "now", and a link that is copied
 * would ask for the page in the newer one, which has no such.
 */
export function nextHref(pathname: string, search: string, { seq, cursor }: { readonly seq: number; readonly cursor: string }): string {
  const params = new URLSearchParams(search);
  params.set("cursor", cursor);
  return withMoment(pathname, params.toString(), { at: seq });
}
