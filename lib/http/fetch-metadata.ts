import "server-only";
import type { IncomingHttpHeaders } from "node:http";

/** `none` = somebody typed the address, or came by a bookmark. */
const OWN: ReadonlySet<string> = new Set(["same-origin", "none"]);

/** Whether a browser says (`Sec-Fetch-Site`) that a page of another origin asks, another port of this machine included; programs say nothing. */
export function isForeignSite(site: string | null | undefined): boolean {
  return typeof site === "string" && !OWN.has(site);
}

/** Whether an `Origin` is another than that of the `Host` that is asked. One that is no address ("null" among them) is nobody's own; who names none is no page. */
export function isForeignOrigin(origin: string | null | undefined, own: string | null | undefined): boolean {
  return typeof origin === "string" && URL.parse(origin)?.host !== own?.toLowerCase();
}

/** ` (evil.example, not localhost:3000)`: whoever put a proxy in front, which names this server as it reaches it, sees by the names what is in the way. "" = none are known. */
export function sayForeignOrigin(headers: Headers): string {
  const [origin, own] = [headers.get("origin"), headers.get("host")];
  const asker = isForeignOrigin(origin, own) ? URL.parse(origin ?? "")?.host : "";
  return asker ? ` (${asker}, not ${own})` : "";
}

/**
 * Whether another origin's page asks for something other than to go to a page of ours by a link: it could not read the answer, but make the server work for
 * it, keep streams open, and learn from the time that it takes. What it frames, a browser would go to as well, and only then show none of. Browsers that say nothing of the site (Safari
 * before 16.4) name the origin where a script asks or a stream is opened.
 */
export function isAskedFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site === undefined) return isForeignOrigin(headers.origin, headers.host);
  return isForeignSite(Array.isArray(site) ? site.join() : site) && !(headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document");
}
