import { remembered } from "../../model/remembered";
import { PASSWORD_VARIABLES } from "../data/command-passwords";

const TELLING =
  /(?:^|[_.-])(?:requirepass|masterauth|pass(?:word|wd|phrase|code)?|passwd|pwd?|secret|token|bearer|l?api[_.-]?key|access[_.-]?key|private[_.-]?key|secret[_.-]?key|credential|client[_.-]?secret|auth[_.-]?key|(?:en)?crypt(?:ion|o)?[_.-]?key|fernet[_.-]?key|signing[_.-]?key|master[_.-]?key|conn(?:ection)?[_.-]?string|(?:shared|pre_?shared|account|storage|jwt(?:[_.-]?(?:settings|options|config(?:uration)?|bearer|auth(?:entication)?))?|hmac|license|security|unseal|salt|service(?:_?bus)?|event_?hubs?|iot_?hub|routing|integration|app|sec|cookie|session)[_.-]?key|psk|creds?|authtok|auth[_.-]?pass|honeycomb[_.-]team|sensitive[_.-]props[_.-]key|(?:open_?ai|cosmos(?:_?db)?|azure_search|azure_speech)[_.-]?key|erlang[_.-]?cookie)s?(?:$|[_.-])/;
/** Run-together forms: PGPASSWORD, MYSQLPWD, apikey, rootpw. */
const JOINED =
  /(?:password|passwd|passphrase|apikey|secretkey|accesskey|privatekey|(?:auth|api|access|bearer|refresh|identity|bot)token|clientsecret)s?(?:$|[_.-])|(?:bind|root|admin|user|ldap)pw$|(?:auth|db)pass$|pass4_?symm_?key$|salt$/;
const PASSWORD = /(?:^|[_.-])(?:requirepass|masterauth|pass(?:word|wd|phrase|code)?|passwd|pwd?)(?:[_.-]?\d+)?$|password$/;
/** Names about a credential, not of one. */
const ABOUT =
  /(?:[_.-])(?:file|path|dir|directory|name|names|arn|id|ids|ref|url|uri|host|port|ttl|type|kind|algorithm|alg|header|expiry|expiration|expires|length|issuer|mode|enabled|disabled|seconds|secs|minutes|hours|days|timeout|interval|duration|lifetime|policy|format|prefix|suffix|key[_.-]?name|namespace|version|rotation|count|limit|size|max|min|scope|scopes|audience|endpoint|location|store|provider|class|method|strategy|required|regex|pattern|field|label|mount|volume|age|source|backend|param|(?<!erlang_)cookie|engine|hint|env|env[_.-]?var|encryption|encoding|complexity|strength|attribute|attr|prompt|placeholder|message|subject|description|title|refresh|validity|budget|usage|cache|helper|helpers|project|region|bucket|dialog|scheme|maps|alias)$/;
const LOOKALIKE =
  /tokeniz|(?:^|[_.-])existing[_.-](?!(?:(?!secrets?[_.-])[a-z0-9]+[_.-])*password$)|key[_.-]key$|(?:^|[_.-])(?:bos|eos|pad|unk|mask|sep|cls)[_.-]token|token[_.-]?(?:limit|bucket|count)|(?:^|[_.-])(?:max[_.-]?(?:\w+[_-])?|min[_.-]?|num[_.-]?)tokens?|secret[_.-]?name|secret[_.-]?key[_.-]?refs?(?:$|[_.-])|secrets[_.-]?store|initial[_.-]cluster[_.-]token|password[_.-]?(?:policy|auth|hash|key)|passwordless|required[_.-]?credentials|(?:token|secret|key)s?(?:[_.-](?:ca[_.-])?cert(?:ificate)?)?[_.-]?(?:hash|sha\d{0,3}|md5|digest|checksum|fingerprint|thumbprint)$|public[_.-]?key|key[_.-]?id|monkey|keyspace|keyboard|(?:^|[_.-])hot[_.-]?key|auto[_.-]?mount/;

/** `dbPassword`, `DB_PASSWORD`, `db.password` and `db-password` alike: words joined by `_`, lower case; also where .NET has two, or a colon: `Db__Password`, `Db:Password`. */
export function normaliseKeyName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])(?=[A-Z][a-z])/g, "$1_")
    .replace(/_{2,}|:/g, "_")
    .toLowerCase();
}

/** No name is longer; a hostile one would take seconds. */
const MAX_NAME = 256;
const saysCredential = remembered(
  (name) => {
    const key = normaliseKeyName(name);
    return PASSWORD_VARIABLES.has(name) || ((TELLING.test(key) || JOINED.test(key)) && !ABOUT.test(key) && !LOOKALIKE.test(key));
  },
  { limit: 5_000 },
);

/** True when a name ends in what is told about something: its type, id, address. */
export function isAboutCredential(name: string): boolean {
  return ABOUT.test(`_${normaliseKeyName(name.slice(-MAX_NAME))}`);
}

/** True when the name says that its value is a credential. */
export function isCredentialName(name: string): boolean {
  return saysCredential(name.slice(0, MAX_NAME));
}

/**
 * Of a Secret of the cluster, or of a key in one: `TLS_SECRET`, `existingSecret`, `passwordSecretKey`, `tokenKey`; not of what programs share: `secret`,
 * `client_secret`. Credentials are told by where they are: `git-credentials`, `KAFKA_SSL_KEY_CREDENTIALS`. Messages, storage, tables and services of keys have
 * keys that are names as well: `routing_key`, `crypto_key`.
 */
const OF_OBJECT =
  /(?<!(?:client|consumer|stripe|paypal|slack|github|gitlab|google|facebook|twitter|discord|shopify|mailgun|algolia|hubspot|django|flask|rails|app|api|jwt|hmac|signing|shared|session|cookie|auth|oauth2?|hook|token|encryption|access|refresh|csrf)[_.-]?)[_.-]secrets?$|(?:password|passwd|token|credentials?|user)[_.-]secret[_.-]key$|(?:^|[_.-])(?:credentials|creds)$|(?:token|routing|storage|account|service|app|session|cookie|integration|crypto|security|salt)[_.-]key$/;

/** True when what stands under the name may be the name of a Secret, or of something else. */
export function mayBeName(name: string): boolean {
  return OF_OBJECT.test(normaliseKeyName(name.slice(-MAX_NAME)));
}

/** True when the name says password, or is known to hold one, so that even a short or well-known value counts. */
export function isPasswordName(name: string): boolean {
  return PASSWORD_VARIABLES.has(name) || (isCredentialName(name) && PASSWORD.test(normaliseKeyName(name.slice(0, MAX_NAME))));
}
