import "server-only";
import { cookies } from "next/headers";
import { type TimeZone, toTimeZone, ZONE_COOKIE } from "../format/instant";

/** The zone in which a page writes its days: the reader's, which the browser says from the second page on; UTC until then, and for whoever keeps no cookie. */
export async function readerZone(): Promise<TimeZone> {
  return toTimeZone((await cookies()).get(ZONE_COOKIE)?.value);
}
