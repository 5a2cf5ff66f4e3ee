import "server-only";
import { openReader } from "../reads/open-reader";
import { type PageSearch, readMoment } from "./read-page";

/**
 * `at` and `since` as a page's address asks for them, where the cluster has both; `at` alone where nothing can be measured from the other, as the frame leaves
 * it out; empty where `at` is, or may be, what is wrong with the address.
 */
export async function askedMoment(slug: string, search: PageSearch): Promise<string> {
  const { at, since } = await search;
  for (const moment of [{ at, since }, { at }]) {
    try {
      const asked = await readMoment(Promise.resolve(moment));
      await openReader(slug, asked);
      return new URLSearchParams(Object.entries(asked).map(([name, seq]) => [name, String(seq)])).toString();
    } catch {}
  }
  return "";
}
