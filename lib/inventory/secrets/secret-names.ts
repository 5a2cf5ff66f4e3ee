import { remembered } from "../../model/remembered";

const TELLING =
  /(?:^|[_.-])(?:requirepass|masterauth|pass(?:word|wd|phrase|code)?|passwd|pwd?|secret|token|bearer|api[_.-]?key|access[_.-]?key|private[_.-]?key|secret[_.-]?key|credential|client[_.-]?secret|auth[_.-]?key|encryption[_.-]?key|fernet[_.-]?key|signing[_.-]?key|master[_.-]?key|conn(?:ection)?[_.-]?string)s?(?:$|[_.-])/;
/** Run-together forms: PGPASSWORD, MYSQLPWD, apikey. */
const JOINED = /(?:password|passwd|passphrase|apikey|secretkey|accesskey|privatekey)s?(?:$|[_.-])/;
const PASSWORD = /(?:^|[_.-])(?:pass(?:word|wd|phrase|code)?|passwd|pwd?)(?:[_.-]?\d+)?$|password$/;
/** Names about a credential, not of one. */
const ABOUT =
  /(?:[_.-])(?:file|path|dir|directory|name|names|arn|id|ids|ref|url|uri|host|port|ttl|type|kind|algorithm|alg|header|expiry|expiration|expires|length|issuer|mode|enabled|disabled|seconds|secs|minutes|hours|days|timeout|interval|duration|lifetime|policy|format|prefix|suffix|key[_.-]?name|namespace|version|rotation|count|limit|size|max|min|scope|scopes|audience|endpoint|location|store|provider|class|method|strategy|required|regex|pattern|field|label|mount|volume|age|source|backend|param|cookie|engine|refresh|validity|budget|usage|cache|helper|helpers|project|region|bucket|dialog|scheme|maps)$/;
const LOOKALIKE =
  /tokeniz|token[_.-]?(?:limit|bucket|count)|max[_.-]?(?:\w+[_-])?tokens?|min[_.-]?tokens?|num[_.-]?tokens?|secret[_.-]?name|secrets[_.-]?store|password[_.-]?(?:policy|auth|hash|key)|passwordless|required[_.-]?credentials|public[_.-]?key|key[_.-]?id|monkey|keyspace|keyboard|hot[_.-]?key|auto[_.-]?mount/;

/** `dbPassword`, `DB_PASSWORD`, `db.password` and `db-password` alike: words joined by `_`, lower case. */
export function normaliseKeyName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])(?=[A-Z][a-z])/g, "$1_")
    .toLowerCase();
}

/** No name is longer; a hostile one would take seconds. */
const MAX_NAME = 256;
const saysCredential = remembered(
  (name) => {
    const key = normaliseKeyName(name);
    return (TELLING.test(key) || JOINED.test(key)) && !ABOUT.test(key) && !LOOKALIKE.test(key);
  },
  { limit: 5_000 },
);

/** True when the name says that its value is a credential. */
export function isCredentialName(name: string): boolean {
  return saysCredential(name.slice(0, MAX_NAME));
}

/** True when the name says password, so that even a short or well-known value counts. */
export function isPasswordName(name: string): boolean {
  return isCredentialName(name) && PASSWORD.test(normaliseKeyName(name.slice(0, MAX_NAME)));
}
