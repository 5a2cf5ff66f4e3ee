import "server-only";
import { HttpMethod, RequestContext } from "@kubernetes/client-node";
import { Agent, type Dispatcher } from "undici";
import { toCredentialError } from "./credential-error";
import type { LoadedKubeConfig } from "./load-kube-config";

/** What one request needs: headers that prove who we are, and the connection pool with the cluster's certificates. */
export interface RequestCredentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
}

export interface Credentials {
  /** Throws AppError when a plugin or a file that the configuration names cannot be used. */
  get(): Promise<RequestCredentials>;
  /** Forgets every cached token: the next `get` reads the configuration anew. */
  renew(): void;
  close(): Promise<void>;
}

const FRESH_MS = 60_000;

/**
 * client-node makes a new connection pool for every request and caches tokens by their expiry. One pool is kept here for a minute,
 * so that rotated certificates and tokens are still picked up.
 */
export function createCredentials(load: () => LoadedKubeConfig): Credentials {
  let loaded = load();
  let current: { value: Promise<RequestCredentials>; until: number } | null = null;

  function retire(): void {
    const old = current;
    current = null;
    old?.value.then(({ dispatcher }) => dispatcher.close()).catch(() => undefined); // requests under way end first
  }

  return {
    get() {
      const now = performance.now();
      if (current !== null && current.until < now) retire();
      if (current === null) {
        const value = authenticate(loaded);
        current = { value, until: now + FRESH_MS };
        value.catch(() => {
          current = null;
        });
      }
      return current.value;
    },
    renew() {
      retire();
      loaded = load();
    },
    async close() {
      const last = await current?.value.catch(() => null);
      current = null;
      await last?.dispatcher.destroy();
    },
  };
}

async function authenticate({ config, server, context: name }: LoadedKubeConfig): Promise<RequestCredentials> {
  const context = new RequestContext(server, HttpMethod.GET);
  try {
    await config.applySecurityAuthentication(context);
  } catch (cause) {
    throw toCredentialError(cause, name === "in-cluster" ? null : { exec: config.getCurrentUser()?.exec });
  }
  const dispatcher = context.getDispatcher() as Dispatcher | undefined;
  return { headers: { ...context.getHeaders() }, dispatcher: dispatcher ?? new Agent({ connect: { timeout: 10_000 } }) };
}
