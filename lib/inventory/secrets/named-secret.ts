import { remembered } from "../../model/remembered";
import { type SecretMatch, toMatch } from "./secret-match";
import { isCredentialName, isPasswordName, normaliseKeyName } from "./secret-names";
import { isDefaultPassword, isLiteralCredential, isPlace, isPlaceholder, isReference, isWellKnownPassword, UUID } from "./secret-values";

const CONNECTION_PASSWORD = /(?:^|[;,\s"'])(?:password|pwd)\s*=\s*["']?([^;\s"']{3,})/i;
/** What stands beside the password where a text is a connection by its own words; of clients of Kafka the module that signs them in, of Redis in .NET a host first. */
const CONNECTION_HOST = /(?:^|[;\s"'])(?:host|hostaddr|server|data source)\s?=|LoginModule\s|^[\w.-]{1,253}:\d{2,5},/i;
const HEADER = /(?:^|[_-])authorization$/;
/** A header names the way to sign in before what signs in. */
const SCHEME = /^(?:bearer|basic|token|apikey)\s{1,9}/i;

/** False for what only stands for a password: a variable, a template, asterisks, our own marker. */
export function isRealPassword(value: string): boolean {
  return !isPlaceholder(value) && !/^\$|^%|^#\{|\{\{|^<|^\*+$|^«/.test(value);
}

function findInHeader(value: string): SecretMatch | null {
  const sent = value.replace(SCHEME, "");
  // Without a scheme, what is short or all letters may be a setting.
  const maySign = sent !== value || (sent.length >= 16 && /\d/.test(sent));
  if (!maySign || isPlaceholder(sent) || isReference(sent)) return null;
  return isLiteralCredential("authorization", sent) ? toMatch("named-literal", sent.length) : null;
}

/** The password in `host=db user=cart password=x`, whatever holds it; of one line, since a file has its entries one by one. */
export function findConnectionPassword(text: string): SecretMatch | null {
  if (!text.includes("=") || text.includes("\n")) return null;
  const inside = CONNECTION_PASSWORD.exec(text)?.[1];
  return inside !== undefined && isRealPassword(inside) && CONNECTION_HOST.test(text) ? toMatch("connection-string", inside.length) : null;
}

/** Names of all that somebody signs in with. */
const SIGN_IN = /(?:^|[_.-])(?:auth|creds?|credentials?|login|user|userpwd|sftp_users)$/;
/** Of those, what holds a user and a password and nothing else. */
const IS_ACCOUNT = /(?:^|[_.-])(?:basic_?auth|userpwd|neo4_?j_auth)$/;
const ACCOUNT = /^([A-Za-z_][^\s:/@]{0,63}(?:@[\w.-]{1,253})?)[:/](\S{3,200})$/;

const signsIn = remembered((name) => SIGN_IN.test(normaliseKeyName(name)), { limit: 5_000 });

/** The password in `BASIC_AUTH=ada:password`; a port, a version or a word behind a host or a method is none. */
export function findAccountPassword(name: string, value: string): SecretMatch | null {
  if (!signsIn(name.slice(-64))) return null;
  const [, user = "", password = ""] = ACCOUNT.exec(value.trim()) ?? [];
  if (password === "" || !isRealPassword(password) || isReference(password) || (user.includes(".") && !user.includes("@"))) return null;
  // Names of users have such signs as well: `system:node:cp-1`, `oidc:ada@example.com`, `corp/svc_cart01`.
  if (/(?:^|[_.-])user$/.test(normaliseKeyName(name.slice(-64))) && !/^[^:/]+:(?!\S+@[\w-]+\.)[^:/]+$/.test(value.trim())) return null;
  if (isLiteralCredential("password", password) && !isReference(value)) return toMatch("named-literal", password.length);
  // An account with a slash is one of Neo4j alone; elsewhere that is the way to something.
  const isAccount = IS_ACCOUNT.test(normaliseKeyName(name.slice(-64))) && (!isPlace(value) || /neo4j_?auth$/i.test(name));
  const mayBePoor = isDefaultPassword(password) || isAccount;
  return mayBePoor && !/user$/i.test(name) && /[a-z]/i.test(password) ? toMatch("default-password", password.length) : null;
}

/** What a browser is known by again once somebody has signed in, among other things that it is told to send. */
const SESSION = /(?:^|;)\s*[\w.-]{0,64}(?:sess|sid|auth|token|jwt|remember)[\w.-]{0,64}=([^;\s"']{16,4096})/i;
const isCookie = (name: string): boolean => /^(?:set-)?cookie$/i.test(name);

function findInCookie(value: string): SecretMatch | null {
  const sent = SESSION.exec(value)?.[1] ?? "";
  return /\d/.test(sent) && !isReference(sent) && isLiteralCredential("cookie", sent) ? toMatch("named-literal", sent.length) : null;
}

/** Consul, Nomad and Serf call the key of what their servers tell each other so: 16 or 32 bytes. */
const isGossipKey = (name: string, value: string): boolean => name === "encrypt" && /^(?:[\w+/]{22}==|[\w+/]{43}=)$/.test(value);

/** What a program signs in to Vault with, beside the id of its role: a UUID. Elsewhere ids of secrets are names. */
const isRoleSecret = (name: string, value: string): boolean => /(?:vault|app_?role)[\w.-]*[_.-]secret[_.-]id$/.test(normaliseKeyName(name)) && UUID.test(value);

const isHeader = (name: string): boolean => HEADER.test(normaliseKeyName(name.slice(-64)));

/** Whether a name may give a credential away: nearly none does, and objects share theirs. */
const mayTell = remembered(
  (name) =>
    /aws_?secret|secret_?access_?key|secret[_.-]?id$|twilio|dsn$|conn/i.test(name) ||
    isCredentialName(name) ||
    isHeader(name) ||
    isCookie(name) ||
    name === "encrypt" ||
    signsIn(name.slice(-64)),
  {
    limit: 5_000,
    holds: (name) => name.length <= 256,
  },
);

/** What a variable has that nobody sets: `${DB_PASSWORD:-x}` in a shell, `${DB_PASSWORD:x}` for Spring; of a source, as in `${file:/run/x}`, it is no such thing. */
const FALLBACK = /^\$\{(?=[^:]{0,127}[A-Z._])[\w.-]{1,128}:-?([^-${}?+=][^${}]{2,255})\}$/;

/** A credential that its name gives away: the name of a variable, a flag, a header, a key of a configuration. */
export function findNamedSecret(name: string, value: string): SecretMatch | null {
  if (!mayTell(name)) return null;
  const text = FALLBACK.exec(value.trim())?.[1] ?? value.trim();
  if (/aws_?secret|secret_?access_?key/i.test(name) && /^[A-Za-z0-9/+]{40}$/.test(text) && !isPlaceholder(text))
    return toMatch("aws-secret-access-key", text.length);
  if (/twilio/i.test(name)) {
    // The ids of accounts and API keys, which open nothing: https://www.twilio.com/docs/iam/api-keys
    if (/^(?:AC|SK)[0-9a-f]{32}$/.test(text)) return null;
    if (isCredentialName(name) && /^[0-9a-f]{32}$/.test(text)) return toMatch("twilio-auth-token", text.length);
  }
  if (isHeader(name)) return findInHeader(text);
  if (isCookie(name)) return findInCookie(text);
  if (isGossipKey(name, text) || isRoleSecret(name.slice(-64), text)) return toMatch("named-literal", text.length);
  const account = findAccountPassword(name, text);
  if (account) return account;
  if (!isCredentialName(name) && !/dsn$|conn/i.test(name)) return null;
  const inside = CONNECTION_PASSWORD.exec(text)?.[1];
  if (inside !== undefined && isRealPassword(inside)) return toMatch("connection-string", inside.length);
  if (!isCredentialName(name) || /conn(?:ection)?_?string/i.test(name) || isPlaceholder(text) || isReference(text)) return null;
  if (isPasswordName(name) && isDefaultPassword(text)) return toMatch("default-password", text.length);
  if (isLiteralCredential(name, text)) return toMatch("named-literal", text.length);
  if (isWellKnownPassword(text)) return toMatch("default-password", text.length);
  return isPasswordName(name) && text.length >= 3 && !/\s/.test(text) ? toMatch("default-password", text.length) : null;
}
