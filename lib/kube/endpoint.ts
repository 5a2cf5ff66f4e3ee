import "server-only";
import { readFileSync } from "node:fs";
import type { LoadedKubeConfig } from "./load-kube-config";

/** The address of an API server and how its certificate is checked; nothing that proves who we are. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  /** The name that its certificate must have; null = `host`. */
  readonly serverName: string | null;
  /** PEM of the authority; null = those that this machine trusts. */
  readonly authority: string | null;
  /** False = the configuration says to take any certificate. */
  readonly isVerified: boolean;
  /** Something else answers there for the API server: a proxy, or a gateway that serves several clusters under one address. */
  readonly isIndirect: boolean;
}

function readAuthority(data: string | undefined, file: string | undefined): string | null {
  if (data) return Buffer.from(data, "base64").toString("utf8");
  if (!file) return null;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null; // told by the first request, which needs it as well
  }
}

/** The endpoint of a configuration's current cluster. */
export function toEndpoint({ config, server }: LoadedKubeConfig): Endpoint {
  const { hostname, port, protocol, pathname } = new URL(server);
  const cluster = config.getCurrentCluster();
  const isTls = protocol === "https:";
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (isTls ? 443 : 80) : Number(port),
    isTls,
    serverName: cluster?.tlsServerName || null,
    authority: readAuthority(cluster?.caData, cluster?.caFile),
    isVerified: cluster?.skipTLSVerify !== true,
    isIndirect: Boolean(cluster?.proxyUrl) || pathname !== "/",
  };
}
