import "server-only";
import { Agent, request } from "undici";
import { parseJson, record, text } from "@/lib/model/json";
import { findErrorCode } from "./connection-error";
import type { Endpoint } from "./endpoint";

export type AnonymousAnswer =
  /** `user` = whom a refusal names, as in `system:anonymous`. */
  { readonly ok: true; readonly status: number; readonly user: string | null } | { readonly ok: false; readonly code: string };

const REFUSED_USER = /User "([^"]+)"/;
/** More of an answer is not read: its status and a refusal's sentence are all that is asked. */
const BYTES = 16_384;

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8", 0, BYTES);
}

function findUser(body: string): string | null {
  return REFUSED_USER.exec(text(record(parseJson(body)).message) ?? "")?.[1] ?? null;
}

/** GETs each path, in their order, without token, client certificate or any other credential. */
export async function askAnonymously(
  endpoint: Endpoint,
  paths: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<readonly AnonymousAnswer[]> {
  const { host, port, isTls, serverName, authority, isVerified } = endpoint;
  const trust = { rejectUnauthorized: isVerified, ...(authority && { ca: authority }), ...(serverName && { servername: serverName }) };
  const dispatcher = new Agent({ connect: { timeout: timeoutMs, ...trust } });
  const origin = `${isTls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const answers: AnonymousAnswer[] = [];
  try {
    for (const path of paths) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const headers = { accept: "application/json", "user-agent": "concentric" };
        const response = await request(origin + path, { dispatcher, headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
        answers.push({ ok: true, status: response.statusCode, user: findUser(await readStart(response.body)) });
      } catch (error) {
        signal?.throwIfAborted();
        answers.push({ ok: false, code: timeout.aborted ? "ETIMEDOUT" : findErrorCode(error) || "unknown" });
      }
    }
  } finally {
    await dispatcher.destroy();
  }
  return answers;
}
