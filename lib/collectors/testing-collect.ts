import { type FaultServer, type FaultServerOptions, startFaultServer } from "../../e2e/api-server/start";
import { type JsonRecord, record, text } from "@/lib/model/json";
import type { OptInSource } from "@/lib/model/opt-in-source";
import { openConnection } from "@/lib/kube/open-connection";
import { ALL_COLLECTORS } from "./all-collectors";
import { collect } from "./collect";

/** What one reading of a server of our own gave; nothing stays open. */
export async function collectFrom(options: FaultServerOptions, optInSources: readonly OptInSource[]) {
  const server: FaultServer = await startFaultServer(options);
  const connection = openConnection({ source: "url", server: server.url }, { timeoutMs: server.isHanging() ? 700 : 60_000, attempts: 2 });
  const objects = new Map<string, JsonRecord>();
  const missing = new Map<string, string>();
  const sink = {
    add: (body: JsonRecord) => void objects.set(`${text(body.kind)}/${text(record(body.metadata).name)}`, body),
    markMissing: (kind: string, reason: string) => void missing.set(kind, reason),
    markRead: (kind: string) => void missing.delete(kind),
  };
  try {
    const { coverage } = await collect(connection, sink, { collectors: ALL_COLLECTORS, optInSources });
    return { objects, missing, requests: server.requests, coverageOf: (kind: string) => coverage.find((entry) => entry.kind === kind) };
  } finally {
    await connection.close();
    await server.stop();
  }
}
