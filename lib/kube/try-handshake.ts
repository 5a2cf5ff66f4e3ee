import "server-only";
import { isIP } from "node:net";
import { connect, type ConnectionOptions } from "node:tls";
import { findErrorCode } from "./connection-error";
import type { Endpoint } from "./endpoint";

export type Handshake =
  | {
      readonly ok: true;
      /** As in `TLSv1.3`. */
      readonly protocol: string;
      /** ISO instant at which the certificate ends; null when it cannot be read. */
      readonly notAfter: string | null;
    }
  | { readonly ok: false; readonly code: string };

export type HandshakeOffer = Pick<ConnectionOptions, "minVersion" | "maxVersion" | "ciphers">;

function toInstant(text: string | undefined): string | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/**
 * One TLS handshake without a client certificate, given up after `timeoutMs`. The server's certificate is read, not trusted: nothing is
 * sent after it. `code` is what Node or OpenSSL calls the failure.
 */
export function tryHandshake(endpoint: Endpoint, offer: HandshakeOffer, timeoutMs: number): Promise<Handshake> {
  return new Promise((resolve) => {
    const name = endpoint.serverName ?? endpoint.host;
    const socket = connect({
      host: endpoint.host,
      port: endpoint.port,
      rejectUnauthorized: false,
      ...(isIP(name) === 0 && { servername: name }),
      ...offer,
    });
    const end = (handshake: Handshake) => {
      socket.destroy();
      resolve(handshake);
    };
    socket.setTimeout(timeoutMs, () => end({ ok: false, code: "ETIMEDOUT" }));
    socket.once("error", (error) => end({ ok: false, code: findErrorCode(error) || "unknown" }));
    socket.once("secureConnect", () => end({ ok: true, protocol: socket.getProtocol() ?? "", notAfter: toInstant(socket.getPeerCertificate().valid_to) }));
  });
}
