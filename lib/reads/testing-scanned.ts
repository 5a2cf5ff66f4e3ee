import { type FaultServer, startFaultServer } from "../../e2e/api-server/start";
import { openConnection } from "@/lib/kube/open-connection";
import type { Settings } from "@/lib/inventory/inventory";
import { record } from "@/lib/model/json";
import type { Pool } from "pg";
import { parseSettings } from "@/lib/scan/parse-settings";
import { runScan } from "@/lib/scan/run-scan";
import { createTestClock, jobFor } from "@/lib/scan/testing-world";
import { changeClusterSettings } from "@/lib/store/cluster-settings";
import { getCluster, saveCluster } from "@/lib/store/clusters";
import { setDatabase } from "@/lib/store/database-handle";
import type { Database } from "@/lib/store/open-database";
import { openPool } from "@/lib/store/open-pool";
import { type DatabaseKind, startDatabases } from "@/lib/store/testing/test-databases";

type Get = (request: Request, context: { readonly params: Promise<Record<string, string> & { readonly cluster: string }> }) => Promise<Response>;

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a stranger's program sees
  readonly body: any;
}

/** A cluster on an embedded database, scanned through a real API server and read through the routes of the API. */
export interface ScannedCluster {
  /** Another cluster, called by its slug. */
  add(slug: string): Promise<void>;
  /** The number of the snapshot. `denied` kinds (`pods`) are answered 403. The settings are those saved last. */
  scan(objects: readonly unknown[], denied?: readonly string[], slug?: string): Promise<number>;
  /** As people do it: the next scan judges by them, and as a release that knew so many lists of platform namespaces where they say how many. */
  save(settings: Partial<Settings>, slug?: string): Promise<void>;
  call(get: Get, query?: string, params?: Readonly<Record<string, string>>): Promise<Answer>;
  /** The body of what `call` answers. */
  ask(...asked: Parameters<ScannedCluster["call"]>): Promise<Answer["body"]>;
  /** From now on the routes read through a pool that has kept nothing yet. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** On a database of its own: `postgresql` must be on this machine. `documents` = what the API server answers at paths that serve no objects. */
export async function startScanned(kind: DatabaseKind = "pglite", documents: Readonly<Record<string, string>> = {}): Promise<ScannedCluster> {
  const databases = await startDatabases(kind);
  const database = await databases.open();
  const cluster = await startScannedOn(database, { documents });
  await cluster.add("c");
  return {
    ...cluster,
    async stop() {
      await cluster.stop();
      await databases.stop();
    },
  };
}

export interface ScannedOptions {
  /** Goes on where the clock of the snapshots that are there already ended. */
  readonly now?: () => Date;
  /** What the API server answers at paths that serve no objects. */
  readonly documents?: Readonly<Record<string, string>>;
}

/** On a database that is there already, with its clusters, and stays when it stops. */
export async function startScannedOn(database: Database, { now = createTestClock(), documents = {} }: ScannedOptions = {}): Promise<ScannedCluster> {
  setDatabase(database);
  const add = async (slug: string): Promise<void> => void (await saveCluster(database.prisma, { slug, name: slug, source: "demo" }));
  let fresh: Pool | null = null;
  let current = database;
  const server: FaultServer = await startFaultServer({ source: [], documents });
  const call: ScannedCluster["call"] = async (get, query = "", params = {}) => {
    // A test that ran over its time goes on beside the next one, and puts its own there, or none.
    setDatabase(current);
    const request = new Request(`http://localhost/${query}`, { headers: { host: "localhost" } });
    const response = await get(request, { params: Promise.resolve({ cluster: "c", ...params }) });
    const isFile = response.headers.get("content-type")?.startsWith("text/") === true;
    return { status: response.status, body: await (isFile ? response.text() : response.json()) };
  };
  return {
    add,
    async scan(objects, denied = [], slug = "c") {
      server.replace(objects);
      server.deny(denied);
      const connection = openConnection({ source: "url", server: server.url }, { timeoutMs: 60_000, attempts: 2 });
      try {
        const { id, settings } = await getCluster(database.prisma, slug);
        const { platformRules } = record(settings);
        const judgedBy = { ...parseSettings(settings), ...(typeof platformRules === "number" && { platformRules }) };
        return (await runScan({ ...jobFor(server, id), settings: judgedBy }, { connection, pool: database.pool, now })).seq;
      } finally {
        await connection.close();
      }
    },
    async save(settings, slug = "c") {
      await changeClusterSettings(database.pool, slug, () => ({ ...settings }));
    },
    call,
    ask: async (...asked) => (await call(...asked)).body,
    async forget() {
      await fresh?.end();
      fresh = openPool(database.createSource());
      current = { ...database, pool: fresh };
      setDatabase(current);
    },
    async stop() {
      await fresh?.end();
      setDatabase(null);
      await server.stop();
    },
  };
}
