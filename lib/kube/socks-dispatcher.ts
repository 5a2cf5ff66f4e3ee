import "server-only";
import { SocksClient } from "socks";
import { Agent, buildConnector } from "undici";
import { messageOf } from "@/lib/model/message-of";

const TIMEOUT_MS = 10_000;

/** How the errors of a SOCKS proxy begin: what it says follows. */
export const SOCKS_ERROR = "the SOCKS proxy says: ";

/**
 * Connections through a SOCKS proxy. The client library has some of its own, which take no address without a port, leave tls-server-name out, and the user and
 * password of the proxy.
 */
export function createSocksDispatcher(proxyUrl: string, tls: buildConnector.BuildOptions): Agent {
  const { protocol, hostname, port, username, password } = new URL(proxyUrl);
  const proxy = {
    type: protocol.startsWith("socks4") ? 4 : 5,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || 1080,
    ...(username && { userId: decodeURIComponent(username), password: decodeURIComponent(password) }),
  } as const;
  const secure = buildConnector({ ...tls, timeout: TIMEOUT_MS });
  return new Agent({
    connect: (options, callback) => {
      const isTls = options.protocol === "https:";
      const destination = { host: options.hostname, port: Number(options.port) || (isTls ? 443 : 80) };
      SocksClient.createConnection({ proxy, command: "connect", destination, timeout: TIMEOUT_MS }).then(
        ({ socket }) => (isTls ? secure({ ...options, httpSocket: socket }, callback) : callback(null, socket)),
        // Not the error itself, which holds the password and is logged.
        (error: unknown) => callback(new Error(`${SOCKS_ERROR}${messageOf(error)}`), null),
      );
    },
  });
}
