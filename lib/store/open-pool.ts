import "server-only";
import { Socket } from "node:net";
import { constants } from "node:os";
import type { MessagePort } from "node:worker_threads";
import pg from "pg";
import { parseDatabaseUrl } from "@/lib/config/parse-database-url";
import { BoundClient } from "./bound-client";
import { PortStream } from "./pglite/port-stream";

/** Where another process finds the database: plain data. */
export type PoolSource =
  /** The folder of the Unix socket of an embedded database. */
  { readonly kind: "pglite"; readonly folder: string } | { readonly kind: "postgresql"; readonly url: string; readonly max: number };
/** The process that runs the embedded database talks to its thread directly. */
type LocalSource = { readonly kind: "thread"; readonly port: MessagePort };

const INT8 = 20;
const PGLITE_CONNECTIONS = 8;
/** Whoever waits for an answer learns of a server or a network that is gone, which would otherwise look like a slow answer for two hours. */
const ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 30_000 };

/** Ids and counts stay below 2^53, so a number is exact; everything else as `pg` reads it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** The server learns as soon of a machine that is gone: by default the transaction of a scan there would keep others from starting for two hours. */
const NOTICE_LOSS = "SET tcp_keepalives_idle TO 30; SET tcp_keepalives_interval TO 10; SET tcp_keepalives_count TO 3; SET tcp_user_timeout TO 60000";
/**
 * Whatever a server or a role is set to for other programs: a large scan has long statements and waits between them, and a pool keeps connections that nobody
 * uses. One that stands still in a transaction, and holds what the next one needs, is put off after a while. PostgreSQL has a limit of transactions from 17 on.
 */
const OWN_LIMITS = `SET statement_timeout TO 0; SET lock_timeout TO 0; SET idle_in_transaction_session_timeout TO '10min'; SET idle_session_timeout TO 0;
  SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'`;
/** Whatever a server or a role is set to: who has waited for a lock must see what was stored meanwhile, and not what was so before. */
const SEE_WHAT_IS_STORED = "SET default_transaction_isolation TO 'read committed'";
/** Whatever a server or a role is set to: Prisma writes times without their zone, and `pg` reads no other style of dates. */
const READ_TIMES_AS_WRITTEN = "SET timezone TO 'UTC'; SET datestyle TO 'ISO'";
/** Prisma asks for the tables of this schema, whatever comes first for a server or a role: by default that is a schema of the role's own name. */
const SEE_PUBLIC = "SET search_path TO public";

/**
 * A connection that ends when nothing comes or goes for so long. The system waits a quarter of an hour where what was sent is lost without a word (a firewall, a
 * machine that is gone), and for ever where somebody takes it and does not answer (a pooler, a server that hangs): ten pages would take all connections along.
 */
function openSocket(silentMs: number): Socket {
  const socket = new Socket();
  // As the system tells of it: Prisma knows it by these.
  const signs = { code: "ETIMEDOUT", errno: -constants.errno.ETIMEDOUT, syscall: "read" };
  const lost = Object.assign(new Error(`The database said nothing for ${silentMs / 1000} seconds.`), signs);
  return socket.setTimeout(silentMs, () => socket.destroy(lost));
}

/**
 * One pool, whichever database it leads to; it connects with the first query. `onError` is told of connections that are lost while nobody uses them.
 * `silentMs` bounds how long a database that is served may leave a statement without an answer; 0 = not.
 */
export function openPool(source: PoolSource | LocalSource, onError: (error: Error) => void = () => {}, silentMs = 0): pg.Pool {
  const embedded = { max: PGLITE_CONNECTIONS, user: "postgres", ssl: false, types };
  const pool =
    source.kind === "postgresql"
      ? new pg.Pool({
          connectionString: source.url,
          ...(parseDatabaseUrl(source.url)?.searchParams.get("channel_binding") === "require" && { Client: BoundClient }),
          max: source.max,
          connectionTimeoutMillis: 10_000,
          ...ALIVE,
          stream: () => openSocket(silentMs),
          application_name: "concentric",
          types,
          onConnect: async (client) => void (await client.query([READ_TIMES_AS_WRITTEN, SEE_WHAT_IS_STORED, SEE_PUBLIC, OWN_LIMITS, NOTICE_LOSS].join("; "))),
        })
      : source.kind === "pglite"
        ? new pg.Pool({ ...embedded, host: source.folder })
        : new pg.Pool({ ...embedded, host: "pglite", stream: () => new PortStream(source.port) });
  pool.on("error", onError);
  // One that is lost while somebody holds it is told by their queries; without a listener it would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
