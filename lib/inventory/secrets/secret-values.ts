import { AWS_DOCUMENTED_IDS } from "../data/secret-patterns";
import { isCredentialName, mayBeName, normaliseKeyName } from "./secret-names";

const BOOLEAN = /^(?:true|false|yes|no|on|off|y|n|enabled?|disabled?|required|optional|auto|default)$/i;
/** Of a list: `ServiceAccountTokenJTI=true,Other=false`. */
const SWITCHES = /^(?:true|false),/i;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d|w|y))+$/;
const PLACEHOLDER =
  /^(?:example.*|sample.*|dummy|none|null|nil|undefined|empty|todo|tbd|n\/a|to[-_ ]be[-_ ].*|replace.*|insert.*|set[-_]?me.*|fill.*|your[-_ ].*|my[-_](?:secret|token|password|key)|<.*>|\[.*\]|(?:.*[-_ ])?here|enter[-_ ](?:an?|the|your|pass|secret|token|key|api).*|x{3,}|[*•●∙·]{3,}|\.{3}|-+|\(?(?:redacted|hidden)\)?)$/i;
/** `__DB_PASSWORD__`, `@@DB_PASSWORD@@`: what a tool fills in before the object is made. */
const TO_FILL_IN = /^(?:__[A-Z][A-Z0-9_]*__|@@[A-Z][A-Z0-9_]*@@)$/;
/** The keys that the documentation of AWS gives as examples. */
const DOCUMENTED = new RegExp(`^(?:${AWS_DOCUMENTED_IDS}|wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY|je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY)$`);
const DEFAULT_PASSWORD =
  /^(?:change[-_]?(?:me|it|this)?.*|password\d{0,4}|passw0rd|p@ssw0rd|passwd|pass\d{0,4}|admin\d{0,4}|root|toor|secret\d{0,4}|test\d{0,4}|guest|default|letmein|qwerty\d*|welcome\d*|123456\d*|postgres|mysql|redis|mongo|rabbitmq|minioadmin|elastic|grafana|demo|user|prom-operator)$/i;
/** Those that are nothing but a password, whatever credential they stand for: `MINIO_SECRET_KEY=minioadmin`. */
const WELL_KNOWN =
  /^(?:change[-_]?(?:me|it|this)?.*|password\d{0,4}|passw0rd|p@ssw0rd|minioadmin|minio\d{1,4}|letmein|prom-operator|(?:super|top)[-_]?secret(?:[-_]?(?:key|token|value|password))?)$/i;
const REFERENCE =
  /\$\([A-Za-z_]|[$#%]\{|\{\{|^\$[A-Za-z_]\w*$|^\$[a-z_]\w*(?:[.:-][A-Za-z]\w*)+$|^\$__\w+\{|^@\{|^%%?[^%]+%%?$|^:'?[A-Za-z_]\w*'?$|%\([A-Za-z_]\w*\)s|@azurekeyvault\b|^(?:vault|ref\+|op:|sm:|ssm|gcpsm|awssm|secretref|secret|file|env|kms|enc|aws-?secret\w*):|^ref\+|^arn:aws[\w-]*:|^projects\/[^/]+\/(?:secrets|locations)\/|^https:\/\/[\w-]+\.vault\.azure\.net|^!|^ENC[[(]|^AQICAH|^\{(?:cipher\}|vault:)/i;
/** What a program reads of its environment: `os.environ["DB_PASSWORD"]`, `env('DB_PASSWORD')`. */
const FROM_ENVIRONMENT = /\b(?:process|meta)\.env\b|(?:\b|_)(?:get)?env(?:iron)?(?:\.get)?\s?[[(]/i;
const PATH = /^(?:\.{0,2}\/|~)[\w./${}@:-]*$|^[A-Za-z]:\\/;
const URL = /^[a-z][a-z0-9+.-]*:\/\//i;
const DNS = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?$/i;
export const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Certificates, keys that are there to be shown, those of Mapbox and Stripe that go into pages among them, and fingerprints. */
const PUBLIC =
  /-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE REQUEST|X509 CRL)|^(?:ssh-rsa|ssh-ed25519|ecdsa-sha2-\S+) |^pk(?:\.eyJ|_(?:live|test)_)|^(?:[0-9A-F]{2}:){15,63}[0-9A-F]{2}$/i;
const HASH = /^\$(?:2[abxy]|5|6|y|argon2\w*|pbkdf2\S*)\$/;
const WORD = /^[A-Za-z]{1,14}$/;
const NUMBERED_WORD = /^[A-Z][a-z]+\d{1,4}\W?$/;
/** Letters of both cases and digits, which no name of a thing has in so few characters: `eu-west-1` and `Bearer-1` are such. */
const MIXED = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[^\s_.-]+$/;
/**
 * `cart-db-tls`, `DB_PASSWORD_2`, `X-Auth-Token`, `includeCredentials`: names, of things, variables, headers, or of what to fill in; `google,azure`: a list of
 * them. More words in a row, as `mySuperSecretKey` and `Correct-Horse-Battery-42` have, make a password.
 */
const IDENTIFIER =
  /^(?:[a-z]+(?:[-_.,][a-z]+)+|[A-Z]+\d{0,2}(?:_(?:[A-Z]+\d{0,2}|\d{1,4}))+|[a-z]{2,}(?:[A-Z][a-z]{2,}){1,2}|[A-Z][a-z]{2,}[A-Z][a-z]{2,}|(?:X(?:-[A-Z][a-z]+)?|[A-Z][a-z]+)(?:-(?:[A-Z][a-z]+|[A-Z]{1,3})){1,2})$/;
/** `wildcard-tls-2024`, `cart-auth-v1beta1`: a name with numbers, as Secrets have, or a list of such; elsewhere it may be a poor password. */
const NUMBERED = /^[a-z]+\d{0,4}(?:[-_.,](?:k8s\d{0,2}|[a-z]+\d{0,4}|v\d(?:alpha|beta)\d|\d{1,4}))+$/;

/** What kubeseal makes, which only the cluster reads: it begins with the length of a key that RSA hides, 512 bytes, and that key. */
const SEALED = /^Ag[A-D][A-Za-z0-9+/]{683,}={0,2}$/;
/** What Maven and Jenkins keep under a key that is elsewhere: `{COQLCE6DU6GtcS5P=}`. */
const UNDER_MASTER_KEY = /^\{[A-Za-z0-9+/]{14,}={0,2}\}$/;

/** Words that a program is given as one secret, and no sentence about it; as Google writes passwords of its accounts for programs. */
const PHRASE = /^[\p{L}\d'-]+(?: [\p{L}\d'-]+){2,}$/u;
const ABOUT_PHRASE = /pass|phrase|\b(?:enter|your|must)\b/i;
const OF_GOOGLE = /^[a-z]{4}(?: [a-z]{4}){3}$/;

/** In files of languages passwords have labels of several words: only a variable's is one, where a number is among them. */
function isPhrase(name: string, value: string): boolean {
  if (!PHRASE.test(value) || ABOUT_PHRASE.test(value)) return false;
  return /pass_?phrase$/.test(normaliseKeyName(name)) || OF_GOOGLE.test(value) || (/^[A-Z0-9_]*PASS(?:WORD)?$/.test(name) && /\d/.test(value));
}

/** Where the name service switch of a system looks accounts up, and types of a schema or of code: `passwd: files`, `password: str | None`. */
const NO_VALUE =
  /^(?:files|compat|systemd|sss|ldap|winbind|nisplus|(?:secret_?)?(?:str|string|bytes?)|bool|boolean|int|text|keyword|integer|number|object|any|unknown)(?:\[\])?(?:\s?\|\s?(?:null|undefined|none))?;?$/i;
/**
 * What a label says in front of a field that somebody fills in; words of a language without capitals, which the ordinals of Spanish are none of; the account
 * of a system whose password is elsewhere.
 */
const LABEL = /^Password:?$|(?![ªº])\p{Lo}|^[\w-]+:[x*!]:\d/u;

/** A call, an item of something, a type with parameters begin so: `config('KEY')`, `params[:token]`, `Promise<string>`, `await load(`. */
const CALL = /^(?:(?:await|new|not|return)\s+){0,2}[A-Za-z_$@][\w$]*(?:(?:\.|::|->|\?\.)[A-Za-z_$]\w*){0,9}[!?]?\s?[([<]/;
/** How they end; also on another line, or with a field of what they give. */
const CALLED = /[)\]>}([{][\s,;]{0,9}$|[)\]](?:\.|->)\w/;
/** A field of something, a variable that a call is given: `var.db_password1`, `cfg.Token1`, `token,`. */
const FIELD = /^[A-Za-z_$@][A-Za-z_]*\d{0,2}(?:_[A-Za-z]+\d{0,2})*(?:(?:(?:\.|::|->|\?\.)[A-Za-z_]+\d{0,2}(?:_[A-Za-z]+\d{0,2})*)+[,;)]*|[,)]+;?)$/;
/** Of Python, JavaScript: a text that others are put into. */
const FORMATTED = /^[fF][rR]?["'].*\{|^`.*\$\{/s;

/** A line of code that is longer has spaces. */
const MAX_CODE = 256;

const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", ">": "<", "}": "{" };

/** Whether one of the brackets that it ends with was opened before, if it ends so: of a password, `aB3(kd92Lq}`, none need be. */
function isClosed(written: string): boolean {
  const [ends = ""] = /[)\]>}]+(?=[\s,;]*$)/.exec(written) ?? [];
  return ends === "" || [...ends].some((end) => written.includes(CLOSING[end] ?? ""));
}

/** With a number, a field or a variable is called after the credential that is in it: `random_password.db1.result`; `Tiger.Cat99` is a password. */
function isField(written: string): boolean {
  if (!FIELD.test(written)) return false;
  return !/\d/.test(written) || (written.match(/\w+/g) ?? []).some((name) => isCredentialName(name.replace(/\d$/, "")));
}

/** True for what a program makes or fetches a value with; asked of what stands without quotes. */
export function isCode(written: string): boolean {
  if (written.length > MAX_CODE) return false;
  return (CALL.test(written) && CALLED.test(written) && isClosed(written)) || isField(written) || FORMATTED.test(written);
}

/** `shop/basic-auth`, `kv/data/cart-2`, `kv/data/cart#token`: where something is. */
const PLACE = /^[a-z0-9._-]+(?:\/[a-z0-9._-]+)+(?:#[\w.-]+)?$/;
/** What is mounted where, as Flink takes Secrets: `s3-1:/opt/s3,tls:/opt/tls`. */
const MOUNTED = /^[a-z0-9.-]+:(?:\/[\w.-]+)+(?:,[a-z0-9.-]+:(?:\/[\w.-]+)+)*$/;

export function isPlace(value: string): boolean {
  return PLACE.test(value) || MOUNTED.test(value);
}

/** True for values that name or describe a credential elsewhere: references, paths, numbers, public material. */
export function isReference(value: string): boolean {
  return (
    NO_VALUE.test(value) ||
    LABEL.test(value) ||
    REFERENCE.test(value) ||
    FROM_ENVIRONMENT.test(value) ||
    PATH.test(value) ||
    URL.test(value) ||
    DNS.test(value) ||
    PUBLIC.test(value) ||
    SEALED.test(value) ||
    UNDER_MASTER_KEY.test(value)
  );
}

/** True for values that carry nothing: empty, a switch, a duration, "<your password>", the keys of a handbook. */
export function isPlaceholder(value: string): boolean {
  return value === "" || BOOLEAN.test(value) || DURATION.test(value) || [SWITCHES, PLACEHOLDER, TO_FILL_IN, DOCUMENTED].some((pattern) => pattern.test(value));
}

export function isDefaultPassword(value: string): boolean {
  return DEFAULT_PASSWORD.test(value);
}

/** A password that everybody knows, and no word that a setting might have. */
export function isWellKnownPassword(value: string): boolean {
  return WELL_KNOWN.test(value);
}

/** Of a Secret that holds a token: `gitlab-token1`, and with the letters that the cluster put behind it, `default-token-7xk2p`. */
const TOKEN_SECRET = /^[a-z]+\d{0,4}(?:[-_.][a-z]+\d{0,4}){0,6}[-_.]token\d{0,2}(?:-[a-z0-9]{5})?$/;

/** Whether a value is the name of a Secret with a token, under a name that may also say what a token is signed with. */
function isTokenSecret(name: string, value: string): boolean {
  return /token[_.-]secret$/.test(normaliseKeyName(name)) && TOKEN_SECRET.test(value);
}

/** Bits per character. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

function characterClasses(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(value)).length;
}

/** True when a value under a telling name is itself the credential, not a word, a name or a number. */
export function isLiteralCredential(name: string, value: string): boolean {
  if (value.length < 8 || NUMBER.test(value) || WORD.test(value) || (UUID.test(value) && /id$/.test(normaliseKeyName(name)))) return false;
  if (
    normaliseKeyName(value) === normaliseKeyName(name) ||
    IDENTIFIER.test(value) ||
    (NUMBERED.test(value) && mayBeName(name)) ||
    isTokenSecret(name, value) ||
    isPlace(value) ||
    (/\s/.test(value.trim()) && !HASH.test(value) && !isPhrase(name, value.trim()))
  )
    return false;
  return entropyOf(value) >= 3 || (characterClasses(value) >= 2 && value.length >= 10) || (MIXED.test(value) && !NUMBERED_WORD.test(value));
}
