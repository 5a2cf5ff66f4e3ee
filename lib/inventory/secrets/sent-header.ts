import { firstFound } from "./first-found";
import { findNamedSecret } from "./named-secret";
import type { SecretMatch } from "./secret-match";

/** Of a header, however it is written: as curl is given it, in a snippet of a proxy, in JSON. */
const AUTHORIZATION = /authorization["']?\s{0,3}[:=\s]\s{0,3}["']?((?:bearer|token|apikey)\s{1,3}[^\s"',;]{8,4096})/gi;
/** As curl and its kin are told what to send. */
const HEADER_OPTION = /(?:\s-H|--header)[\s=]{1,3}["']([A-Za-z][\w-]{0,63}):\s{0,9}([^\s"']{3,4096})["']/g;
/** As proxies of NGINX are told what to send. */
const SENT_HEADER = /\bproxy_set_header\s{1,9}["']?([\w-]{1,64})["']?\s{1,9}["']?([^"';\n]{3,4096})/g;
/** A header alone on its line. */
const HEADER_LINE = /^[^\S\n]{0,9}([A-Za-z][\w-]{0,63}):[^\S\n]{1,9}(\S{3,4096})[^\S\n]{0,9}$/;

/** The value of a header, whatever the setting is called that holds it. */
const BEARER = /^bearer\s{1,9}\S{12,4096}$/i;

/** What a rule of Traefik asks requests for, in quotes of either kind: Header(`X-Api-Key`, `...`), Query(`token`, `...`), and both in one for earlier versions. */
const ASKED_HEADER = /\b(?:Headers?|Query)(?:Regexp)?\(\s{0,9}[`"]([\w.-]{1,64})(?:[`"]\s{0,9},\s{0,9}[`"]|=)([^`"]{1,4096})[`"]/g;
/** What NGINX asks them for: `if ($http_x_api_key != "...")`. */
const COMPARED_HEADER = /\$(?:http|arg|cookie)_(\w{1,64})\s{0,9}!?=\s{0,9}["']?([^"'\s(){}$]{3,4096})["']?\s{0,9}\)/g;
const MAY_ASK = /\(\s{0,9}[`"]/;

/** How texts write the name and the value of a header, each with what a text has where it may be written so: nearly no text has any. */
const WRITTEN: readonly (readonly [hint: RegExp, written: RegExp])[] = [
  [/proxy_set_header/, SENT_HEADER],
  [/\s-H|--header/, HEADER_OPTION],
  [MAY_ASK, ASKED_HEADER],
  [/\$(?:http|arg|cookie)_/, COMPARED_HEADER],
];

/** The credential in a header of HTTP that a text sets or asks for; null = there is none. */
export function findSentHeader(text: string): SecretMatch | null {
  const authorized = /authorization/i.test(text) ? text.matchAll(AUTHORIZATION) : [];
  const inAuthorization = firstFound(authorized, ([, sent = ""]) => findNamedSecret("authorization", sent));
  if (inAuthorization) return inAuthorization;
  const inHeader = firstFound(WRITTEN, ([hint, written]) =>
    hint.test(text) ? firstFound(text.matchAll(written), ([, name = "", value = ""]) => findNamedSecret(name, value)) : null,
  );
  if (inHeader) return inHeader;
  const alone = BEARER.test(text) ? findNamedSecret("authorization", text) : null;
  if (alone) return alone;
  const [, name, value] = HEADER_LINE.exec(text) ?? [];
  return name === undefined || value === undefined ? null : findNamedSecret(name, value);
}
