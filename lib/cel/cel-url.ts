import { type CelFunc, celFunc, type CelInput, celMethod, CelScalar } from "@bufbuild/cel";
import { findKept, keep, TEXT_MAP } from "./kept-value";

const KEY = "@url";

/** As RFC 3986 parts it; the host may be in brackets. */
const PARTS = /^([a-zA-Z][a-zA-Z0-9+.-]*):(?:\/\/(?:([^/?#@]*)@)?(\[[^\]/?#]*\](?::\d*)?|[^/?#:]*(?::\d*)?))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
/** What Go's net/url takes in no host. */
const BAD_HOST = /[\s<>"\\^`{}|%]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no URL may hold
const CONTROL = /[\u0000-\u001f\u007f]/;

interface Url {
  readonly scheme: string;
  /** With the port. */
  readonly host: string;
  /** As it was written. */
  readonly path: string;
  readonly query: string;
}

/** An absolute URL, or an absolute path, as Go's net/url reads the URI of a request; null for what is none. */
function parseUrl(text: string): Url | null {
  if (CONTROL.test(text)) return null;
  if (text.startsWith("/")) {
    const [, path = "", query = ""] = /^([^?#]*)(?:\?([^#]*))?/.exec(text) ?? [];
    return BAD_ESCAPE.test(path) ? null : { scheme: "", host: "", path, query };
  }
  const match = PARTS.exec(text);
  if (!match) return null;
  const [, scheme = "", , host, path = "", query = ""] = match;
  if (BAD_ESCAPE.test(path) || (host !== undefined && (BAD_HOST.test(host) || (path !== "" && !path.startsWith("/"))))) return null;
  return { scheme: scheme.toLowerCase(), host: host ?? "", path: host === undefined && !path.startsWith("/") ? "" : path, query };
}

/** What Go leaves in a path as it was written. */
const PLAIN_PATH = /^[A-Za-z0-9\-_.~!$&'()*+,;=:@[\]%/]*$/;

/** As Go escapes a path: one that needs nothing stays, of any other all is escaped anew. */
function escapePath(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  const escaped = encodeURIComponent(unescapeText(path.replaceAll("+", "%2B")) ?? path.toWellFormed());
  return escaped
    .replace(/[!'()*]/g, (odd) => `%${odd.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(?:24|26|2B|2C|2F|3A|3B|3D|40)/g, decodeURIComponent);
}

function unescapeText(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}

/** Values by name, in their order; what cannot be read is left out, as in Go. */
function parseQuery(query: string): Map<string, CelInput> {
  const found = new Map<string, string[]>();
  for (const pair of query.split("&")) {
    if (pair === "" || pair.includes(";")) continue;
    const [name, value] = [pair.split("=", 1)[0] ?? "", pair.includes("=") ? pair.slice(pair.indexOf("=") + 1) : ""].map(unescapeText);
    if (name == null || value == null) continue;
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

function needUrl(text: string): Url {
  const found = parseUrl(text);
  if (!found) throw new Error(`${JSON.stringify(text.slice(0, 40))} is no absolute URL`);
  return found;
}

function readUrl(value: unknown): Url {
  const text = findKept(value, KEY);
  if (text === null) throw new Error("it asks something that is no url(…) about its parts");
  return needUrl(text);
}

const ACCESSORS: Readonly<Record<string, (url: Url) => string>> = {
  getScheme: ({ scheme }) => scheme,
  getHost: ({ host }) => host,
  getHostname: ({ host }) => host.replace(/:\d*$/, "").replace(/^\[(.*)\]$/, "$1"),
  getPort: ({ host }) => /:(\d*)$/.exec(host)?.[1] ?? "",
  getEscapedPath: ({ path }) => escapePath(path),
};

export function isUrl(text: string): boolean {
  return parseUrl(text) !== null;
}

/** The URL library of Kubernetes. */
export const URL_FUNCTIONS: readonly CelFunc[] = [
  celFunc("isURL", [CelScalar.STRING], CelScalar.BOOL, isUrl),
  celFunc("url", [CelScalar.STRING], TEXT_MAP, (text) => {
    needUrl(text);
    return keep(KEY, text);
  }),
  ...Object.entries(ACCESSORS).map(([name, read]) =>
    celMethod(name, TEXT_MAP, [], CelScalar.STRING, function () {
      return read(readUrl(this));
    }),
  ),
  celMethod("getQuery", TEXT_MAP, [], TEXT_MAP, function () {
    return parseQuery(readUrl(this).query);
  }),
];
