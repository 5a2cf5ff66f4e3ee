import "server-only";
import type { ClusterTarget } from "./cluster-target";
import { createCredentials } from "./credentials";
import type { KubeConnection, RequestLimits } from "./kube-connection";
import { loadKubeConfig } from "./load-kube-config";
import { createPageBuffers } from "./page-buffers";
import { createRequestMeter } from "./request-meter";
import { requestPath } from "./request-path";

export const DEFAULT_LIMITS: RequestLimits = { timeoutMs: 60_000, attempts: 5 };

/** Loads the configuration; talks to nobody yet. Throws AppError. */
export function openConnection(target: ClusterTarget, limits: RequestLimits = DEFAULT_LIMITS): KubeConnection {
  const loaded = loadKubeConfig(target);
  const credentials = createCredentials(() => loadKubeConfig(target));
  const meter = createRequestMeter();
  const buffers = createPageBuffers();
  return {
    server: loaded.server,
    context: loaded.context,
    description: loaded.description,
    meter,
    get: (path, options = {}) => requestPath({ server: loaded.server, credentials, meter, limits, buffers }, path, options),
    release: (body) => buffers.give(body),
    close: () => credentials.close(),
  };
}
