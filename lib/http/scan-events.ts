import "server-only";
import { randomUUID } from "node:crypto";
import { subscribeScan } from "../scan/subscribe-scan";
import { getCluster } from "../store/clusters";
import { getDatabase } from "../store/database-handle";
import { parsePath, readQuery } from "./endpoint";
import { ENDPOINTS } from "./endpoints";
import { toErrorResponse } from "./error-response";
import { requireRole } from "./require-role";

const { params: paramsSchema, query: querySchema, response: responseSchema, role } = ENDPOINTS.watchScans;

const HEARTBEAT_MS = 15_000;
const HEADERS = { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };

/**
 * Server-sent events of a cluster's scans: one `progress` event with the contract's scan progress at once and after each step.
 * It cannot be an `endpoint`, whose answers end.
 */
export async function scanEvents(request: Request, context: { readonly params: Promise<{ readonly cluster: string }> }): Promise<Response> {
  try {
    await requireRole(role, request);
    const params = parsePath(paramsSchema, await context.params);
    querySchema.parse(readQuery(new URL(request.url)));
    const { pool, prisma } = getDatabase();
    const cluster = await getCluster(prisma, params.cluster);
    // Nobody would read the events, nor ever say that they may end.
    if (request.method === "HEAD") return new Response(null, { headers: HEADERS });
    const encoder = new TextEncoder();
    let stop = (): void => {};
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        let isOpen = true;
        const send = (text: string): void => {
          if (isOpen) controller.enqueue(encoder.encode(text));
        };
        const unsubscribe = subscribeScan(pool, cluster.id, (progress) => send(`event: progress\ndata: ${JSON.stringify(responseSchema.parse(progress))}\n\n`));
        const heartbeat = setInterval(() => send(": still here\n\n"), HEARTBEAT_MS);
        stop = () => {
          if (!isOpen) return;
          isOpen = false;
          clearInterval(heartbeat);
          unsubscribe();
        };
        request.signal.addEventListener("abort", () => stop());
        send("retry: 3000\n\n");
      },
      cancel: () => stop(),
    });
    return new Response(stream, { headers: HEADERS });
  } catch (error) {
    return toErrorResponse(error, randomUUID());
  }
}
