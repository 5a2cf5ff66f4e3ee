import "server-only";
import { isIP } from "node:net";
import { isInCidr } from "@/lib/model/ip-address";
import { isLoopback } from "@/lib/model/is-loopback";

interface EnvironmentProxy {
  readonly url: string;
  /** The variable that names it. */
  readonly variable: string;
}

/** One entry of NO_PROXY: `*`, a name with all below it, `.name` or `*.name` for those below it alone, an address or a range; each may name a port. */
function excepts(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  if (isIP(host) !== 0 && entry.includes("/")) return isInCidr(host, entry);
  const [, name = "", ofPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  if (name === "" || (ofPort !== undefined && ofPort !== port)) return false;
  const suffix = name.replace(/^\*\./, ".");
  return suffix.startsWith(".") ? host.endsWith(suffix) : host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`));
}

/** IPv4 that is written as IPv6, as URLs write that, is the same host to kubectl: `::ffff:7f00:1` is 127.0.0.1. */
function withoutMapping(host: string): string {
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return host;
  return [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]).join(".");
}

/**
 * The proxy that the environment names for a server, as kubectl finds it: HTTPS_PROXY or HTTP_PROXY after the scheme, in either case,
 * unless NO_PROXY excepts the host. This machine itself is never asked through a proxy.
 */
export function findEnvironmentProxy(server: string, environment: Readonly<Record<string, string | undefined>>): EnvironmentProxy | null {
  const { protocol, hostname, port } = new URL(server);
  const names = protocol === "https:" ? ["HTTPS_PROXY", "https_proxy"] : ["HTTP_PROXY", "http_proxy"];
  const variable = names.find((name) => environment[name]);
  if (variable === undefined) return null;
  const host = withoutMapping(hostname.replace(/^\[|\]$/g, "").toLowerCase());
  const exceptions = (environment.NO_PROXY || environment.no_proxy || "").toLowerCase().split(",");
  const ofPort = port || (protocol === "https:" ? "443" : "80");
  if (isLoopback(host) || exceptions.some((entry) => excepts(entry.trim(), host, ofPort))) return null;
  const url = environment[variable] ?? "";
  return { url: url.includes("://") ? url : `http://${url}`, variable };
}
