import "server-only";
import { parseDatabaseUrl } from "@/lib/config/parse-database-url";
import { AppError } from "@/lib/errors/app-error";
import { isRecord } from "@/lib/model/json";
import { messageOf } from "@/lib/model/message-of";

const BROKEN_DISK = "is on a disk that cannot be read or written now. Mount or repair it, and start again.";

const PLACES: Readonly<Record<string, string>> = {
  EACCES: "is not writable by this user. Change its owner, or set CONCENTRIC_DATA_DIR to another directory.",
  EPERM: "is not writable by this user. Change its owner, or set CONCENTRIC_DATA_DIR to another directory.",
  EROFS: "is on a read-only disk. Make it writable again, or set CONCENTRIC_DATA_DIR to a directory that can be written.",
  EIO: BROKEN_DISK,
  ENOTCONN: BROKEN_DISK,
  ESTALE: BROKEN_DISK,
  ENOSPC: "is on a full disk. Free some space and start again: what was stored before is safe.",
  EDQUOT: "is on a disk whose quota is used up. Free some space and start again: what was stored before is safe.",
  ENOENT: "cannot be made there. Set CONCENTRIC_DATA_DIR to a directory that can be written.",
  ENOTDIR: "is not a directory. Set CONCENTRIC_DATA_DIR to a directory.",
  EEXIST: "is not a directory. Set CONCENTRIC_DATA_DIR to a directory.",
  EMFILE: "cannot be opened, as this process may open no more files. Raise that limit (ulimit -n) and start again.",
  ENOMEM: "cannot be opened, as there is too little memory for it. Give the machine or the container more and start again.",
  ENFILE: "cannot be opened, as this machine may open no more files. Raise that limit (fs.file-max) and start again.",
};

function untrusted(host: string): string {
  return `The certificate of the database at ${host} is signed by an authority that is not known here: name the file of that authority with sslrootcert in DATABASE_URL.`;
}

/** What OpenSSL, Node and Prisma call a handshake that failed, by either side. */
const TLS = /^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|P1011)/;

const UNKNOWN_SETTING = "42704";

/** Codes of the server (SQLSTATE) and of the network, as sentences that end "the database at <host>". */
const SERVERS: Readonly<Record<string, (host: string) => string>> = {
  "28P01": (host) => `The database at ${host} refuses the user or password in DATABASE_URL.`,
  "3F000": (host) => `The database at ${host} has no schema "public" that the user in DATABASE_URL may use: create it, and make that user its owner.`,
  "3D000": (host) => `The database named in DATABASE_URL does not exist at ${host}: create it first.`,
  "42501": (host) =>
    `The user in DATABASE_URL may not create tables and schemas at ${host}: make it the owner of the database, of the schema "public" in it and, where it is there, of "jobs" with its tables.`,
  "25006": (host) =>
    `The database at ${host} can only be read: name the primary server in DATABASE_URL or, where this is it, take default_transaction_read_only off.`,
  // Every connection sets what PostgreSQL has had since 14.
  [UNKNOWN_SETTING]: (host) => `The database at ${host} is no PostgreSQL, or too old: name one of version 15 or newer in DATABASE_URL.`,
  "53100": (host) => `The disk of the database at ${host} is full: free some space and start again.`,
  "53300": (host) => `The database at ${host} has no free connections: raise max_connections or lower DATABASE_POOL_MAX.`,
  "57P03": (host) => `The database at ${host} is still starting: try again in a moment.`,
  ECONNREFUSED: (host) => `Nothing answers at ${host}: check DATABASE_URL and that the database runs.`,
  ENOTFOUND: (host) => `The host in DATABASE_URL, ${host}, cannot be found: check its name.`,
  EAI_AGAIN: (host) => `The host in DATABASE_URL, ${host}, cannot be found: check its name.`,
  ETIMEDOUT: (host) => `The database at ${host} does not answer: check DATABASE_URL and the network.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: (host) => `The certificate of the database at ${host} has expired: renew it.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => `The certificate of the database at ${host} is for other names: use one of them in DATABASE_URL.`,
  ERR_TLS_CHANNEL_BINDING: (host) =>
    `The database at ${host} offers no channel binding, which DATABASE_URL requires: ask for TLS with sslmode, switch it and scram-sha-256 on there, or take channel_binding out.`,
  EHOSTUNREACH: (host) => `The database at ${host} cannot be reached: check DATABASE_URL and the network.`,
};

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(codeOf).find((code) => code !== "") ?? "";
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** As `pg` gives it, and as Prisma wraps it. */
function stateOf(error: unknown): string {
  return (error instanceof Error && /Code: `(\w{5})`/.exec(error.message)?.[1]) || codeOf(error);
}

/** character_not_in_repertoire: a NUL that was looked for. No stored text has one. */
export function isRefusedText(error: unknown): boolean {
  return stateOf(error) === "22021";
}

export const NO_CONNECTION = "The database has no connection free: try again in a moment. If it stays, raise its limit or lower DATABASE_POOL_MAX.";

export const READ_ONLY = "The database can only be read now, like that of a standby server: nothing is stored until it can be written again.";

const RIGHT_THEN = "correct DATABASE_URL and start Concentric again.";

/** What was so at the start, and is no more: each in the words of PostgreSQL and of Prisma. */
const CHANGED: readonly (readonly [states: RegExp, sentence: string])[] = [
  [/^(?:28\w{3}|P1000|P1010)$/, `The database refuses the user or password in DATABASE_URL now: let them in again, or ${RIGHT_THEN}`],
  [/^(?:3D000|P1003)$/, `The database named in DATABASE_URL is not there any more: put it back, or ${RIGHT_THEN}`],
  [TLS, `No secure connection to the database can be made any more: renew its certificate, or ${RIGHT_THEN}`],
];

/** The database answers, and does not do what is asked: what is in the way, as a sentence; null = something else is wrong. */
export function whyRefused(error: unknown): string | null {
  const state = stateOf(error);
  const changed = CHANGED.find(([states]) => states.test(state));
  if (changed) return changed[1];
  if (state === "25006") return READ_ONLY;
  if (state === "53300" || state === "P2037") return NO_CONNECTION;
  if (state === "22P05") return "The encoding of the database does not hold this text: move it to one with the encoding UTF8, by pg_dump.";
  return state === "53100" ? "The disk of the database is full: free some space. What was stored before is safe." : null;
}

/** undefined_table and undefined_column, from `pg` and from Prisma. */
const MISSING = /^(?:42P01|42703|P2021|P2022)$/;

/** What every start makes sure of is there no more: a newer version has changed the schema since. */
export function isSchemaChanged(error: unknown): boolean {
  return MISSING.test(codeOf(error));
}

/** Of the network, of the server (classes 08 and 57P, and 25P03 after it stood still in a transaction) and of Prisma, which wraps both. */
const LOST = /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|08...|25P03|57P0.|P1001|P1002|P1017|P2024)$/;
const LOST_MESSAGE = /ECONNREFUSED|Connection terminated|is not queryable|timeout exceeded when trying to connect|Operation has timed out/;

/** The database that was there at the start does not answer now. */
export function isDatabaseLost(error: unknown): boolean {
  return LOST.test(stateOf(error)) || (error instanceof Error && LOST_MESSAGE.test(error.message));
}

/** Why the database that was there at the start does not do now what is asked, as a sentence; null = something else is wrong. */
export function whyUnusable(error: unknown): string | null {
  return isDatabaseLost(error) ? "The database does not answer: try again in a moment. What was stored before is safe." : whyRefused(error);
}

/** What the engine, which cannot give them as errors of the system, says of them. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/no space left/i, "ENOSPC"],
  [/could not allocate memory|out of memory/i, "ENOMEM"],
];

/** WebAssembly reports file errors as numbers inside its text. */
function placeCode(error: unknown): string {
  const code = codeOf(error);
  if (code in PLACES) return code;
  const reason = messageOf(error);
  return Object.keys(PLACES).find((name) => reason.includes(name)) ?? SAID.find(([said]) => said.test(reason))?.[1] ?? "";
}

/** Why an embedded database cannot be opened, in one sentence with what helps. */
export function toDirectoryError(error: unknown, directory: string): AppError {
  if (error instanceof AppError) return error;
  const place = PLACES[placeCode(error)];
  if (place !== undefined) return new AppError("unavailable", `The data directory ${directory} ${place}`, { cause: error });
  return new AppError(
    "unavailable",
    `The database in ${directory} cannot be opened. Restore a backup with npm run restore, or start with an empty CONCENTRIC_DATA_DIR.`,
    { cause: error },
  );
}

/** What the server says of it names what it misses: a password that is right, TLS, a certificate of the client. */
function explainServer(code: string, said: string, host: string): string | null {
  if (code === "28000") return `The database at ${host} does not let this user in (${said}): check the user and sslmode in DATABASE_URL, and pg_hba.conf.`;
  // What a pooler has against a connection, be it the password, the name of the database or a setting, has this one code.
  if (code === "08P01")
    return `The database at ${host}, or a pooler in front of it, refuses the connection (${said}): correct DATABASE_URL, or the settings there.`;
  if (/client password must be a/.test(said))
    return `The database at ${host} asks for a password, and DATABASE_URL names none: add it behind the user, after a colon.`;
  if (TLS.test(code))
    return `No secure connection to the database at ${host} can be made (${code}): check the files that DATABASE_URL names with sslrootcert, sslcert and sslkey.`;
  return null;
}

/** `url` is only used for its host: credentials never reach a message. */
export function toServerError(error: unknown, url: string): AppError {
  if (error instanceof AppError) return error;
  const named = parseDatabaseUrl(url);
  const host = named?.searchParams.get("host") || named?.host || "the given address";
  const code = codeOf(error);
  const said = messageOf(error);
  const asked = (named?.searchParams.get("options") ?? "").matchAll(/[\w.]+(?==)/g);
  if (code === UNKNOWN_SETTING && [...asked].some(([setting]) => said.includes(setting)))
    return new AppError("unavailable", `The database at ${host} does not know what DATABASE_URL sets (${said}): correct its options.`, { cause: error });
  const sentence = SERVERS[code]?.(host) ?? explainServer(code, said, host);
  if (sentence !== null) return new AppError("unavailable", sentence, { cause: error });
  if (isRecord(error) && error.syscall === "open")
    return new AppError("unavailable", `The file ${error.path}, which DATABASE_URL names, cannot be read: check its path, and who may read it.`, {
      cause: error,
    });
  if (error instanceof Error && error.message.includes("does not support SSL"))
    return new AppError("unavailable", `The database at ${host} has no TLS: switch it on there, or take sslmode out of DATABASE_URL.`, { cause: error });
  const isTimeout = error instanceof Error && /timeout/i.test(error.message);
  const text = isTimeout ? `The database at ${host} does not answer: check DATABASE_URL and the network.` : `The database at ${host} cannot be used.`;
  return new AppError("unavailable", text, { cause: error });
}

/** duplicate_table and duplicate_object (a type, which each table has as well). */
const TAKEN = /^(?:42P07|42710)$/;

/** insufficient_privilege, once a table could be made: the others are somebody else's, who restored a dump. Even to read them may be refused, and they must be changed. */
export function toOwnerError(cause: unknown): unknown {
  if (codeOf(cause) !== "42501") return cause;
  const sentence =
    'What is in the schemas "public" and "jobs" does not belong to the user in DATABASE_URL, as after somebody else restored a dump: restore it as that user (pg_restore --no-owner), or make it the owner of both, and of each table in them.';
  return new AppError("unavailable", sentence, { cause });
}

/** lock_not_available, after lock_timeout, and deadlock_detected: a backup takes one table after another, as a migration does, in another order. */
const LOCK_TAKEN = /^(?:55P03|40P01)$/;

export function isLockTaken(error: unknown): boolean {
  return LOCK_TAKEN.test(codeOf(error));
}

/** Why a migration failed; what is the database's as a whole (a user's rights, a disk) or of another session comes out as it is. */
export function toMigrationError(cause: unknown, migration: string): unknown {
  if (TAKEN.test(codeOf(cause)))
    return new AppError("conflict", `The database holds something of another program (${messageOf(cause)}): name an empty one in DATABASE_URL.`, { cause });
  return codeOf(cause) in SERVERS || isLockTaken(cause)
    ? cause
    : new AppError("internal", `The migration ${migration} failed; the database is as it was before.`, { cause });
}
