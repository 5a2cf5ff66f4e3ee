import "server-only";
import { AppError } from "../errors/app-error";
import { subscribeScan } from "../scan/subscribe-scan";
import { getCluster } from "../store/clusters";
import { getDatabase } from "../store/database-handle";
import { answering } from "./endpoint";
import { ENDPOINTS } from "./endpoints";

const { response: responseSchema } = ENDPOINTS.watchScans;

const HEARTBEAT_MS = 15_000;
/** Each asks the database every two seconds. A browser keeps no more than six connections to a host; so many are nobody's open tabs. */
const MAX_STREAMS = 100;
let streams = 0;

const HEADERS = { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };

/**
 * Server-sent events of a cluster's scans: one `progress` event with the contract's scan progress at once and after each step. They end with the cluster.
 * It cannot be an `endpoint`, whose answers end.
 */
export const scanEvents = answering("watchScans", async ({ params }, request) => {
  const { pool, prisma } = getDatabase();
  const cluster = await getCluster(prisma, params.cluster);
  // Nobody would read the events, nor ever say that they may end.
  if (request.method === "HEAD") return new Response(null, { headers: HEADERS });
  if (streams >= MAX_STREAMS) throw new AppError("unavailable", `${MAX_STREAMS} pages and programs follow scans already: close some of them.`);
  streams += 1;
  const encoder = new TextEncoder();
  let stop = (): void => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let isOpen = true;
      const send = (text: string): void => {
        if (isOpen) controller.enqueue(encoder.encode(text));
      };
      const unsubscribe = subscribeScan(
        pool,
        cluster.id,
        (progress) => send(`event: progress\ndata: ${JSON.stringify(responseSchema.parse(progress))}\n\n`),
        // Whoever asks again is told so by the status.
        () => {
          stop();
          controller.close();
        },
      );
      const heartbeat = setInterval(() => send(": still here\n\n"), HEARTBEAT_MS);
      stop = () => {
        if (!isOpen) return;
        isOpen = false;
        streams -= 1;
        clearInterval(heartbeat);
        unsubscribe();
      };
      request.signal.addEventListener("abort", () => stop());
      send("retry: 3000\n\n");
      // Who left while the cluster was looked up is told of no more.
      if (request.signal.aborted) stop();
    },
    cancel: () => stop(),
  });
  return new Response(stream, { headers: HEADERS });
});
