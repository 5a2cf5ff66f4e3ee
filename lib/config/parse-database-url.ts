import "server-only";

/** Null = none. `postgresql://user:password@/database?host=/run/postgresql`, which names the folder of a socket, is read as PostgreSQL's own programs do. */
export function parseDatabaseUrl(value: string): URL | null {
  return URL.parse(value) ?? URL.parse(value.replace(/@\/(?=[^@?]*(?:\?|$))/, "@localhost/"));
}
