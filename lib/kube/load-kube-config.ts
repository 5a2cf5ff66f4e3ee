import "server-only";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { inheritedEnvironment } from "@/lib/config/inherited-environment";
import { AppError } from "@/lib/errors/app-error";
import { isDecodable } from "@/lib/model/is-decodable";
import { isRecord } from "@/lib/model/json";
import { messageOf } from "@/lib/model/message-of";
import type { ClusterTarget } from "./cluster-target";
import { findEnvironmentProxy } from "./environment-proxy";
import { findKubeconfigFault } from "./find-kubeconfig-fault";
import { listKubeconfigPaths } from "./kubeconfig-paths";
import { NO_EXTRAS, readPluginConfigs, readUserExtras, type UserExtras } from "./user-extras";

export interface ProxyUse {
  /** Without what proves who we are. */
  readonly address: string;
  /** Where it is set, in words. */
  readonly setting: string;
}

/** A loaded configuration whose current context is the wanted one, and where it came from in words. */
export interface LoadedKubeConfig {
  readonly config: KubeConfig;
  readonly context: string;
  readonly server: string;
  /** null = none. */
  readonly proxy: ProxyUse | null;
  /** Of the current user. */
  readonly extras: UserExtras;
  /** Of the current cluster, for the credential plugin; undefined = nothing. */
  readonly pluginConfig: unknown;
  /** `context prod of /home/me/.kube/config` */
  readonly description: string;
}

/** Throws AppError `bad-request` with one sentence when the configuration cannot be read or names something that it does not hold. */
export function loadKubeConfig(target: ClusterTarget): LoadedKubeConfig {
  if (target.source === "url") return loadUrl(target.server);
  if (target.source === "in-cluster") return loadInCluster(target.root);
  const paths = listKubeconfigPaths(target.kubeconfig);
  if (paths.length === 0) throw new AppError("bad-request", "There is no kubeconfig: set KUBECONFIG or create ~/.kube/config.");
  const { config, extras, pluginConfigs } = loadFiles(paths);
  const context = target.context ?? config.getCurrentContext() ?? "";
  const where = paths.join(", ");
  if (context === "") throw new AppError("bad-request", `The kubeconfig ${where} has no current context: run kubectl config use-context NAME.`);
  const found = config.getContextObject(context);
  if (!found) {
    const next =
      target.context === null
        ? "run kubectl config get-contexts to see its names"
        : "if it was renamed, make it the current one under its new name and start Concentric again";
    throw new AppError("bad-request", `The kubeconfig ${where} has no context named "${context}": ${next}.`);
  }
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster?.server)
    throw new AppError("bad-request", `The context "${context}" of ${where} names the cluster "${found.cluster}", which has no server there.`);
  const isUserThere = !found.user || config.getUser(found.user) !== null;
  const loaded = prepare(config, {
    context,
    description: `context ${context} of ${where}`,
    extras: extras.get(config.getCurrentUser()?.name ?? ""),
    pluginConfig: pluginConfigs.get(cluster.name),
  });
  if (!isUserThere)
    throw new AppError("bad-request", `The context "${context}" of ${where} names the user "${found.user}", which is not there: correct the kubeconfig.`);
  const { certData, certFile, keyData, keyFile } = config.getCurrentUser() ?? {};
  // The client library would leave the certificate out and ask as nobody.
  if ((certData || certFile) && !(keyData || keyFile))
    throw new AppError("bad-request", `The user "${found.user}" of ${where} has a client certificate without its key: add client-key-data to the kubeconfig.`);
  return loaded;
}

/** A line of a file that holds nothing: blank, a comment, or the beginning of a document. */
const NOTHING = /^\s*(?:#.*|---\s*)?$/;

interface LoadedFiles {
  readonly config: KubeConfig;
  readonly extras: ReadonlyMap<string, UserExtras>;
  readonly pluginConfigs: ReadonlyMap<string, unknown>;
}

function loadFiles(paths: readonly string[]): LoadedFiles {
  const merged = new KubeConfig();
  const extras = new Map<string, UserExtras>();
  const pluginConfigs = new Map<string, unknown>();
  merged.loadFromOptions({ clusters: [], users: [], contexts: [], currentContext: "" });
  for (const path of paths) {
    const part = new KubeConfig();
    const body = readText(path);
    if (body.split("\n").every((line) => NOTHING.test(line))) continue; // kubectl takes it for one that names nothing
    const refuse = (why: string): AppError =>
      new AppError("bad-request", `The kubeconfig ${path} is not a valid kubeconfig (${why}): correct it or set KUBECONFIG to another file.`);
    let ofUsers: ReadonlyMap<string, UserExtras>;
    let ofClusters: ReadonlyMap<string, unknown>;
    try {
      const fault = findKubeconfigFault(body);
      if (fault !== null) throw refuse(fault);
      part.loadFromString(body, { onInvalidEntry: "filter" });
      part.makePathsAbsolute(dirname(path));
      ofUsers = readUserExtras(body, dirname(path));
      ofClusters = readPluginConfigs(body);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      // Not with its cause: that quotes the lines around the fault, tokens as well, and causes are logged. A password may be taken for an alias or a tag, too.
      throw refuse(firstLine(cause).replace(/ ["!<]\S+/, ""));
    }
    // As kubectl does: the first file that names something wins.
    for (const cluster of part.clusters) {
      if (merged.getCluster(cluster.name)) continue;
      merged.addCluster(cluster);
      pluginConfigs.set(cluster.name, ofClusters.get(cluster.name));
    }
    for (const user of part.users) {
      if (merged.getUser(user.name)) continue;
      merged.addUser(user);
      extras.set(user.name, ofUsers.get(user.name) ?? NO_EXTRAS);
    }
    for (const context of part.contexts) if (!merged.getContextObject(context.name)) merged.addContext(context);
    if (!merged.currentContext && part.currentContext) merged.setCurrentContext(part.currentContext);
  }
  return { config: merged, extras, pluginConfigs };
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
  return prepare(config, { context: "in-cluster", description: "the service account of this pod" });
}

function loadUrl(server: string): LoadedKubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: "cluster", server, skipTLSVerify: false }, { name: "user" });
  return prepare(config, { context: "cluster", description: server });
}

function readProxy(url: string, setting: string, whose: string): ProxyUse {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && !isDecodable(parsed.username + parsed.password))
    throw new AppError("bad-request", `${whose} cannot be used: write each % in its user or password as %25.`);
  if (parsed && /^(https?|socks\d?[ah]?):$/.test(parsed.protocol)) return { address: `${parsed.protocol}//${parsed.host}`, setting };
  throw new AppError("bad-request", `${whose} cannot be used: it must look like http://host:3128 or socks5://host:1080.`);
}

/** What is written in the kubeconfig goes before the file that it names. */
function withoutOverridden(config: KubeConfig): void {
  config.clusters = config.clusters.map((cluster) => (cluster.caData ? { ...cluster, caFile: "" } : cluster));
  config.users = config.users.map((user) => ({ ...user, ...(user.certData && { certFile: "" }), ...(user.keyData && { keyFile: "" }) }));
}

/** `gcp` and `azure` of old name a command for when their token has expired. kubectl runs it no more; the client library would, in a shell, and wait for its end. */
function withoutCommands(config: KubeConfig): void {
  config.users = config.users.map((user) => {
    const settings: unknown = user.authProvider?.config;
    return isRecord(settings) ? { ...user, authProvider: { ...user.authProvider, config: { ...settings, "cmd-path": undefined } } } : user;
  });
}

/** An address as it may be shown. */
function withoutUser(address: string): string {
  return address.replace(/\/\/[^/?#]*@/, "//");
}

interface Loading {
  readonly context: string;
  readonly description: string;
  readonly extras?: UserExtras | undefined;
  readonly pluginConfig?: unknown;
}

function prepare(config: KubeConfig, { context, description, extras = NO_EXTRAS, pluginConfig }: Loading): LoadedKubeConfig {
  withoutOverridden(config);
  withoutCommands(config);
  const cluster = config.getCurrentCluster();
  const server = (cluster?.server ?? "").replace(/\/+$/, "");
  const shown = withoutUser(description);
  if (!/^https?:\/\//.test(server) || !URL.canParse(server))
    throw new AppError(
      "bad-request",
      `The address "${withoutUser(server).replace(/^.*@/, "")}" of ${shown} is not a URL: it must look like https://host:6443.`,
    );
  // It is shown and stored; and no request is signed in by it.
  if (withoutUser(server) !== server)
    throw new AppError("bad-request", `The address of ${shown} names a user before its host: move user and password to the user of the context.`);
  const named = cluster?.proxyUrl ? readProxy(cluster.proxyUrl, "proxy-url in the kubeconfig", `The proxy-url of ${description}`) : null;
  const fromEnvironment = named ? null : findEnvironmentProxy(server, inheritedEnvironment());
  const proxy = fromEnvironment ? readProxy(fromEnvironment.url, fromEnvironment.variable, `The proxy that ${fromEnvironment.variable} names`) : named;
  // client-node refuses plain HTTP without the flag; there is no certificate to skip. It does not look at the environment.
  const changes = { ...(server.startsWith("http:") && { skipTLSVerify: true }), ...(fromEnvironment && { proxyUrl: fromEnvironment.url }) };
  config.clusters = config.clusters.map((each) => (each === cluster ? { ...each, ...changes } : each));
  const user = config.getContextObject(config.getCurrentContext())?.user;
  // client-node also leaves out the cluster's CA when a context has no user.
  if (!config.getCurrentUser()) config.users = [...config.users, { name: user ?? "" }];
  return { config, context, server, proxy, extras, pluginConfig, description };
}

function firstLine(cause: unknown): string {
  const message = messageOf(cause);
  if (cause instanceof TypeError) return "it is empty or holds something else";
  return message.split("\n")[0]?.trim() ?? "";
}
