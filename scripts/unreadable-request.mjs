import { subscribe } from "node:diagnostics_channel";
import { randomUUID } from "node:crypto";
import http from "node:http";

/** What Node's parser refuses, by the code of its error: status, code of the API, one sentence. Anything else is no HTTP. */
const ANSWERS = {
  HPE_HEADER_OVERFLOW: [
    431,
    "too-large",
    "The address is too long: with all that the browser sends along, a request may have 16 KB. Choose fewer filters, or a shorter search.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "bad-request", "The request did not arrive in time: try again."],
};
const NO_HTTP = [400, "bad-request", "The request cannot be read: it is not what HTTP/1.1 allows."];

function answer(error, socket) {
  if (error.code === "ECONNRESET" || !socket.writable) return socket.destroy();
  const [status, code, message] = ANSWERS[error.code] ?? NO_HTTP;
  const isApi = /^[A-Z]+ \/api\//.test(error.rawPacket?.toString("latin1") ?? "");
  const body = isApi ? JSON.stringify({ code, message, requestId: randomUUID() }) : `${message}\n`;
  const type = isApi ? "application/json" : "text/plain; charset=utf-8";
  const head = `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`);
}

/**
 * Says in a sentence why a request was refused before any of our code sees it, where Node answers with a bare status. To be called before a server listens.
 * Who asks for a WebSocket is answered like anybody else, and refused where it is another site's page: nothing here speaks that, and Next holds the connection.
 */
export function explainUnreadable() {
  subscribe("tracing:net.server.listen:asyncStart", ({ server }) => {
    if (!(server instanceof http.Server)) return;
    server.on("clientError", answer);
    server.shouldUpgradeCallback = () => false;
  });
}
