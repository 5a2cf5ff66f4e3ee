import "server-only";
import type { ClusterTarget } from "./cluster-target";
import { createCredentials } from "./credentials";
import { toEndpoint } from "./endpoint";
import type { KubeConnection, RequestLimits } from "./kube-connection";
import { loadKubeConfig } from "./load-kube-config";
import { createPageBuffers } from "./page-buffers";
import { createRequestMeter } from "./request-meter";
import { requestPath } from "./request-path";

const DEFAULT_LIMITS: RequestLimits = { timeoutMs: 60_000, attempts: 5 };

function atMost(limits: RequestLimits, own: RequestLimits = limits): RequestLimits {
  return { ...own, timeoutMs: Math.min(limits.timeoutMs, own.timeoutMs), attempts: Math.min(limits.attempts, own.attempts) };
}

/** Loads the configuration; talks to nobody yet. Throws AppError. */
export function openConnection(target: ClusterTarget, limits: RequestLimits = DEFAULT_LIMITS): KubeConnection {
  const loaded = loadKubeConfig(target);
  const credentials = createCredentials(() => loadKubeConfig(target));
  const meter = createRequestMeter();
  const buffers = createPageBuffers();
  const means = { server: loaded.server, proxy: loaded.proxy, credentials, isPod: target.source === "in-cluster", meter, buffers };
  return {
    server: loaded.server,
    context: loaded.context,
    description: loaded.description,
    meter,
    endpoint: toEndpoint(loaded),
    get: (path, options = {}) => requestPath({ ...means, limits: atMost(limits, options.limits) }, path, options),
    release: (body) => buffers.give(body),
    close: () => credentials.close(),
  };
}
