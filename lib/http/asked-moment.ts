import "server-only";
import { openReader } from "../reads/open-reader";
import { type PageSearch, readMoment } from "./read-page";

/** `at` and `since` as a page's address asks for them, where the cluster has both; empty where they are, or may be, what is wrong with the address. */
export async function askedMoment(slug: string, search: PageSearch): Promise<string> {
  try {
    const asked = await readMoment(search);
    await openReader(slug, asked);
    return new URLSearchParams(Object.entries(asked).map(([name, seq]) => [name, String(seq)])).toString();
  } catch {
    return "";
  }
}
