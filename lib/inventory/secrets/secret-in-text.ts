import { parseJson, record } from "../../model/json";
import { remembered } from "../../model/remembered";
import { SECRET_PATTERNS } from "../data/secret-patterns";
import { findConnectionPassword, isRealPassword } from "./named-secret";
import { findRedactionMarker, type SecretMatch, toMatch } from "./secret-match";
import { isDefaultPassword } from "./secret-values";
import { findSentHeader } from "./sent-header";
import { findUrlCredentials } from "./url-credentials";

/** Bodies above this are read only in part. */
export const MAX_SCANNED_CHARACTERS = 262_144;

const LIVE_RULES: ReadonlySet<string> = new Set([...SECRET_PATTERNS.map((p) => p.rule), "aws-secret-access-key", "twilio-auth-token"]);
/** One look for all of them: nearly no text has any. */
const HINTED = new RegExp(SECRET_PATTERNS.map(({ hint }) => (typeof hint === "string" ? RegExp.escape(hint) : hint.source)).join("|"));
const JWT = /(?<![\w-])(eyJ[\w-]{8,})\.(eyJ[\w-]{4,}|[\w-]{16,})\.[\w-]{16,}/g;

/** A token that opens a live account as it stands. */
export function isLiveCredential(match: SecretMatch): boolean {
  return LIVE_RULES.has(match.rule);
}

function decodePart(part = ""): unknown {
  return parseJson(atob(part.replace(/-/g, "+").replace(/_/g, "/")));
}

/** Of Supabase, for whoever has not signed in: it goes into pages. */
function isForAnybody(claims: string | undefined): boolean {
  return claims?.startsWith("eyJ") === true && claims.length % 4 !== 1 && record(decodePart(claims)).role === "anon";
}

function isSignedToken([, header, claims]: RegExpExecArray): boolean {
  try {
    const { alg } = record(decodePart(header));
    return alg !== undefined && alg !== "none" && !isForAnybody(claims);
  } catch {
    return false;
  }
}

/** Of a password, as htpasswd, crypt, LDAP, PostgreSQL and Mosquitto keep it: it is guessed where it lies, whatever it stands under. */
const PASSWORD_HASH =
  /(?<![\w$])(?:\$(?:apr1|2[abxy]|5|6|7|y|argon2(?:id|i|d))\$[\w./$=,+-]{20,200}|\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT|SHA512-CRYPT|PBKDF2\S{0,16})\}[\w+/=$.]{16,200}|SCRAM-SHA-256\$\d{1,7}:[\w+/=]{16,64}\$[\w+/=:]{40,200})|"md5[0-9a-f]{32}"/;
const BASIC = /(?<![\w-])basic\s{1,3}([A-Za-z0-9+/]{6,400}={0,2})(?![\w+/=-])/gi;
const USER_AND_PASSWORD = /^[\x21-\x39\x3b-\x7e]{1,200}:([\x21-\x7e]{3,})$/;

/** The password in a header of HTTP, which holds it in base64; null where what follows is a word. */
export function findBasicPassword(value: string): string | null {
  for (const [, encoded = ""] of value.matchAll(BASIC)) {
    if (encoded.length % 4 !== 0) continue;
    const password = USER_AND_PASSWORD.exec(atob(encoded))?.[1];
    if (password !== undefined && isRealPassword(password)) return password;
  }
  return null;
}

function lookInText(value: string): SecretMatch | null {
  const marker = findRedactionMarker(value);
  if (marker) return marker;
  const scanned = value.length > MAX_SCANNED_CHARACTERS ? value.slice(0, MAX_SCANNED_CHARACTERS) : value;
  for (const { rule, hint, pattern } of HINTED.test(scanned) ? SECRET_PATTERNS : []) {
    const found = typeof hint !== "string" || scanned.includes(hint) ? pattern.exec(scanned) : null;
    if (found) return toMatch(rule, found[0].length);
  }
  const token = scanned.includes("eyJ") ? scanned.matchAll(JWT).find(isSignedToken) : undefined;
  if (token) return toMatch("json-web-token", token[0].length);
  const hash = scanned.includes("$") || scanned.includes("{S") || scanned.includes('"md5') ? PASSWORD_HASH.exec(scanned)?.[0] : undefined;
  if (hash !== undefined) return toMatch("password-hash", hash.length);
  const sent = /basic/i.test(scanned) ? findBasicPassword(scanned) : null;
  if (sent !== null) return toMatch(isDefaultPassword(sent) ? "default-password" : "basic-auth-header", sent.length);
  return findUrlCredentials(scanned) ?? findSentHeader(scanned) ?? findConnectionPassword(scanned);
}

const MAX_CLEAN_LENGTH = 128;

/** A credential that its own format gives away, whatever it is called: tokens, private keys, URLs with a password. Also our redaction marker. */
export const findSecretInText = remembered(lookInText, {
  limit: 20_000,
  // Variables of a cluster share most of their values. What holds a credential is never kept.
  holds: (text, match) => match === null && text.length <= MAX_CLEAN_LENGTH,
});
