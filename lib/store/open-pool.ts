import "server-only";
import type { MessagePort } from "node:worker_threads";
import pg from "pg";
import { PortStream } from "./pglite/port-stream";

/** Where a thread finds the database; `port` comes from `Database.createSource` and must be transferred. */
export type PoolSource = { readonly kind: "pglite"; readonly port: MessagePort } | { readonly kind: "postgresql"; readonly url: string; readonly max: number };

const INT8 = 20;
const PGLITE_CONNECTIONS = 8;

/** Ids and counts stay below 2^53, so a number is exact; everything else as `pg` reads it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

export function openPool(source: PoolSource, onError: (error: Error) => void = () => {}): pg.Pool {
  const pool =
    source.kind === "pglite"
      ? new pg.Pool({ stream: () => new PortStream(source.port), max: PGLITE_CONNECTIONS, user: "postgres", host: "pglite", ssl: false, types })
      : new pg.Pool({ connectionString: source.url, max: source.max, connectionTimeoutMillis: 10_000, application_name: "concentric", types });
  pool.on("error", onError);
  return pool;
}
