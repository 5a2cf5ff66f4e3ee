import "server-only";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { AppError } from "@/lib/errors/app-error";
import { isRecord } from "@/lib/model/json";
import type { ClusterTarget } from "./cluster-target";
import { listKubeconfigPaths } from "./kubeconfig-paths";

/** A loaded configuration whose current context is the wanted one, and where it came from in words. */
export interface LoadedKubeConfig {
  readonly config: KubeConfig;
  readonly context: string;
  readonly server: string;
  /** Address of the proxy that `proxy-url` names, without what proves who we are; null = none. */
  readonly proxy: string | null;
  /** `context prod of /home/me/.kube/config` */
  readonly description: string;
}

/** Throws AppError `bad-request` with one sentence when the configuration cannot be read or names something that it does not hold. */
export function loadKubeConfig(target: ClusterTarget): LoadedKubeConfig {
  if (target.source === "url") return loadUrl(target.server, target.token);
  if (target.source === "in-cluster") return loadInCluster(target.root);
  const paths = listKubeconfigPaths(target.kubeconfig);
  if (paths.length === 0) throw new AppError("bad-request", "There is no kubeconfig: set KUBECONFIG or create ~/.kube/config.");
  const config = loadFiles(paths);
  const context = target.context ?? config.getCurrentContext() ?? "";
  const where = paths.join(", ");
  if (context === "") throw new AppError("bad-request", `The kubeconfig ${where} has no current context: run kubectl config use-context NAME.`);
  const found = config.getContextObject(context);
  if (!found) throw new AppError("bad-request", `The kubeconfig ${where} has no context named "${context}": run kubectl config get-contexts to see its names.`);
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster?.server)
    throw new AppError("bad-request", `The context "${context}" of ${where} names the cluster "${found.cluster}", which has no server there.`);
  return prepare(config, context, `context ${context} of ${where}`);
}

/** The names of all contexts, the current one first. Empty when there is no kubeconfig. */
export function listContexts(kubeconfig: string | null): readonly string[] {
  const paths = listKubeconfigPaths(kubeconfig);
  if (paths.length === 0) return [];
  const config = loadFiles(paths);
  const current = config.getCurrentContext();
  const names = config.getContexts().map((context) => context.name);
  return [...names.filter((name) => name === current), ...names.filter((name) => name !== current)];
}

function loadFiles(paths: readonly string[]): KubeConfig {
  const merged = new KubeConfig();
  merged.loadFromOptions({ clusters: [], users: [], contexts: [], currentContext: "" });
  for (const path of paths) {
    const part = new KubeConfig();
    const body = readText(path);
    try {
      part.loadFromString(body, { onInvalidEntry: "filter" });
      part.makePathsAbsolute(dirname(path));
    } catch (cause) {
      throw new AppError(
        "bad-request",
        `The kubeconfig ${path} is not a valid kubeconfig (${firstLine(cause)}): correct it or set KUBECONFIG to another file.`,
        { cause },
      );
    }
    // As kubectl does: the first file that names something wins.
    for (const cluster of part.clusters) if (!merged.getCluster(cluster.name)) merged.addCluster(cluster);
    for (const user of part.users) if (!merged.getUser(user.name)) merged.addUser(user);
    for (const context of part.contexts) if (!merged.getContextObject(context.name)) merged.addContext(context);
    if (!merged.currentContext && part.currentContext) merged.setCurrentContext(part.currentContext);
  }
  return merged;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (isRecord(cause) && cause.code === "ENOENT")
      throw new AppError("bad-request", `There is no kubeconfig at ${path}: correct KUBECONFIG, or make one.`, { cause });
    throw new AppError("bad-request", `The kubeconfig ${path} cannot be read (${firstLine(cause)}): check that its permissions allow it.`, {
      cause,
    });
  }
}

function loadInCluster(root?: string): LoadedKubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromCluster(root);
  } catch (cause) {
    throw new AppError("bad-request", `The service account of this pod cannot be used (${firstLine(cause)}): mount its token.`, { cause });
  }
  return prepare(config, "in-cluster", "the service account of this pod");
}

function loadUrl(server: string, token?: string): LoadedKubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: "cluster", server, skipTLSVerify: false }, { name: "user", ...(token === undefined ? {} : { token }) });
  return prepare(config, "cluster", server);
}

function toProxy(url: string | undefined, description: string): string | null {
  if (!url) return null;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && /^(https?|socks\d?[ah]?):$/.test(parsed.protocol)) return `${parsed.protocol}//${parsed.host}`;
  throw new AppError("bad-request", `The proxy-url of ${description} cannot be used: it must look like http://host:3128 or socks5://host:1080.`);
}

function prepare(config: KubeConfig, context: string, description: string): LoadedKubeConfig {
  const cluster = config.getCurrentCluster();
  const server = (cluster?.server ?? "").replace(/\/+$/, "");
  if (!URL.canParse(server)) throw new AppError("bad-request", `The address "${server}" of ${description} is not a URL: it must look like https://host:6443.`);
  // client-node refuses plain HTTP without this flag; there is no certificate to skip.
  if (cluster && server.startsWith("http:")) config.clusters = config.clusters.map((each) => (each === cluster ? { ...each, skipTLSVerify: true } : each));
  const user = config.getContextObject(config.getCurrentContext())?.user;
  // client-node also leaves out the cluster's CA when a context has no user.
  if (!config.getCurrentUser()) config.users = [...config.users, { name: user ?? "" }];
  return { config, context, server, proxy: toProxy(cluster?.proxyUrl, description), description };
}

function firstLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof TypeError) return "it is empty or holds something else";
  return message.split("\n")[0]?.trim() ?? "";
}
