import "server-only";
import type { RequestOptions } from "node:https";
import { HttpMethod, KubeConfig, RequestContext, type User } from "@kubernetes/client-node";
import { Agent, type Dispatcher } from "undici";
import { AppError } from "@/lib/errors/app-error";
import { toCredentialError } from "./credential-error";
import { type PluginCredential, runCredentialPlugin } from "./credential-plugin";
import type { LoadedKubeConfig } from "./load-kube-config";
import { createSocksDispatcher } from "./socks-dispatcher";
import { readTokenFile } from "./user-extras";

/** What one request needs: headers that prove who we are, and the connection pool with the cluster's certificates. */
export interface RequestCredentials {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly dispatcher: Dispatcher;
  /** How often they were renewed before. */
  readonly round: number;
}

export interface Credentials {
  /** Throws AppError when a plugin or a file that the configuration names cannot be used. */
  get(): Promise<RequestCredentials>;
  /**
   * Forgets every cached token, so that the next `get` reads the configuration anew, unless somebody else had these refused before. Throws AppError where that
   * leads to another server by now, which alone may see what is in it.
   */
  renew(refused: RequestCredentials): void;
  close(): Promise<void>;
}

const FRESH_MS = 60_000;

/**
 * client-node makes a new connection pool for every request and caches tokens by their expiry. One pool is kept here for a minute,
 * so that rotated certificates and tokens are still picked up.
 */
export function createCredentials(load: () => LoadedKubeConfig): Credentials {
  let loaded = load();
  let plugin: PluginCredential | null = null;
  let round = 0;
  const ended = new AbortController();
  let current: { value: Promise<RequestCredentials>; until: number } | null = null;

  function retire(): void {
    const old = current;
    current = null;
    // Requests under way end first, also those that have their credentials and are about to be sent.
    old?.value.then(({ dispatcher }) => setImmediate(() => dispatcher.close().catch(() => undefined))).catch(() => undefined);
  }

  async function askPlugin({ config, extras, pluginConfig }: LoadedKubeConfig): Promise<PluginCredential | null> {
    const user = config.getCurrentUser();
    if (extras.exec === null || user?.token || extras.tokenFile !== null) return null;
    if (plugin === null || plugin.expiresAt <= Date.now()) {
      const cluster = config.getCurrentCluster() ?? { server: "" };
      plugin = await runCredentialPlugin(extras.exec, { ...cluster, config: pluginConfig }, ended.signal);
    }
    return plugin;
  }

  return {
    get() {
      const now = performance.now();
      if (current !== null && current.until < now) retire();
      if (current === null) {
        const own = round;
        const value = authenticate(loaded, askPlugin).then((signedIn) => ({ ...signedIn, round: own }));
        current = { value, until: now + FRESH_MS };
        value.catch(() => {
          if (current?.value === value) current = null;
        });
      }
      return current.value;
    },
    renew(refused) {
      if (refused.round !== round) return;
      round += 1;
      retire();
      plugin = null;
      const anew = load();
      if (anew.server !== loaded.server) throw new AppError("upstream", `${anew.description} led to ${loaded.server} and now leads to ${anew.server}.`);
      loaded = anew;
    },
    async close() {
      ended.abort();
      const last = await current?.value.catch(() => null);
      current = null;
      await last?.dispatcher.destroy();
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** The configuration with what a plugin gave or a file holds, which the client library is not asked to run or to read. */
function toSignedIn({ config, extras }: LoadedKubeConfig, plugin: PluginCredential | null): KubeConfig {
  const user = config.getCurrentUser();
  const token = extras.tokenFile === null ? (user?.token ?? plugin?.token) : readTokenFile(extras.tokenFile);
  if (!user || (!plugin && !token)) return config;
  const { exec: _run, ...rest } = user;
  const certificate = plugin?.certificate && plugin.key ? { certData: base64(plugin.certificate), keyData: base64(plugin.key) } : {};
  const signedIn = { ...rest, ...certificate, ...(token && { token: token.trim() }) };
  const result = new KubeConfig();
  const users = config.users.map((each) => (each === user ? signedIn : each));
  result.loadFromOptions({ clusters: config.clusters, contexts: config.contexts, users, currentContext: config.currentContext });
  return result;
}

/** What stands before a byte of a header that no header may hold. */
const NO_HEADER = /[^\t\x20-\x7e\x80-\xff]/;

/** Whether a user who is known by a provider is told to the server: without a token of it, it would be asked as nobody, who sees little. */
function provesSomeone(user: User | null, headers: Readonly<Record<string, unknown>>): boolean {
  return !user?.authProvider || headers.Authorization !== undefined || Boolean(user.certData || user.certFile);
}

/** `own` = the client library's. */
async function toDispatcher(signedIn: KubeConfig, own: Dispatcher | undefined): Promise<Dispatcher> {
  const proxyUrl = signedIn.getCurrentCluster()?.proxyUrl ?? "";
  if (!/^socks/i.test(proxyUrl)) return own ?? new Agent({ connect: { timeout: 10_000 } });
  const options: RequestOptions = {};
  await signedIn.applyToHTTPSOptions(options);
  const { ca, cert, key, servername, rejectUnauthorized } = options;
  return createSocksDispatcher(proxyUrl, {
    ca,
    cert,
    key,
    ...(servername !== undefined && { servername }),
    ...(rejectUnauthorized === false && { rejectUnauthorized }),
  });
}

type AskPlugin = (loaded: LoadedKubeConfig) => Promise<PluginCredential | null>;

async function authenticate(loaded: LoadedKubeConfig, askPlugin: AskPlugin): Promise<Omit<RequestCredentials, "round">> {
  const { config, server, context: name, extras } = loaded;
  const context = new RequestContext(server, HttpMethod.GET);
  let dispatcher: Dispatcher;
  try {
    const signedIn = toSignedIn(loaded, await askPlugin(loaded));
    await signedIn.applySecurityAuthentication(context);
    dispatcher = await toDispatcher(signedIn, context.getDispatcher() as Dispatcher | undefined);
    if (!provesSomeone(config.getCurrentUser(), context.getHeaders())) throw new Error("its provider gives no token");
  } catch (cause) {
    throw toCredentialError(cause, name === "in-cluster" ? null : { exec: extras.exec, authProvider: config.getCurrentUser()?.authProvider });
  }
  const headers = { ...context.getHeaders(), ...extras.headers };
  const odd = Object.entries(headers).find(([, value]) => [value].flat().some((part) => NO_HEADER.test(part)));
  if (odd)
    throw new AppError("bad-request", `The credentials of ${loaded.description} hold a line end or another character that cannot be sent: write them anew.`);
  return { headers, dispatcher };
}
