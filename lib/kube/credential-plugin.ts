import "server-only";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { inheritedEnvironment } from "@/lib/config/inherited-environment";
import { dig, isRecord, parseJson, records, text, texts } from "@/lib/model/json";

/** What a credential plugin gave: PEM and token, each null when it gave none. */
export interface PluginCredential {
  readonly token: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  /** Milliseconds since 1970; Infinity = it does not say. */
  readonly expiresAt: number;
}

/** Longer than any plugin takes that asks nobody; one that waits for somebody at a terminal or a browser waits in vain. */
const TIMEOUT_MS = 60_000;
const OUTPUT_BYTES = 1 << 20;

/** Of the cluster that a plugin signs in to: what it may be told. */
export interface PluginCluster {
  readonly server: string;
  /** In base64. */
  readonly caData?: string | undefined;
  readonly caFile?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly skipTLSVerify?: boolean | undefined;
  readonly proxyUrl?: string | undefined;
  /** What the kubeconfig says of it for its plugin alone. */
  readonly config?: unknown;
}

function toEnvironment(exec: Readonly<Record<string, unknown>>, cluster: PluginCluster): NodeJS.ProcessEnv {
  const { server, tlsServerName, skipTLSVerify, proxyUrl, config } = cluster;
  const isTold = exec.provideClusterInfo === true;
  const caData = cluster.caData || (isTold && cluster.caFile ? readFileSync(cluster.caFile).toString("base64") : "");
  const told = {
    server,
    ...(caData && { "certificate-authority-data": caData }),
    ...(tlsServerName && { "tls-server-name": tlsServerName }),
    ...(skipTLSVerify && { "insecure-skip-tls-verify": true }),
    ...(proxyUrl && { "proxy-url": proxyUrl }),
    ...(config !== undefined && { config }),
  };
  const spec = { interactive: false, ...(isTold && { cluster: told }) };
  const own = records(exec.env).map(({ name, value }) => [text(name) ?? "", text(value) ?? ""] as const);
  const info = JSON.stringify({ apiVersion: text(exec.apiVersion) ?? "client.authentication.k8s.io/v1", kind: "ExecCredential", spec });
  return { ...inheritedEnvironment(), ...Object.fromEntries(own.filter(([name]) => name !== "")), KUBERNETES_EXEC_INFO: info };
}

/** What it prints. Throws what starting it throws, or an Error whose message says in a few words how it failed. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv, signal: AbortSignal, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, signal, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: OUTPUT_BYTES } as const;
    const child = execFile(command, [...args], options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") reject(new Error("it prints more than 1 MiB"));
      else if (typeof error.code === "string") reject(error);
      else if (error.killed) reject(new Error(`it has not ended within ${Math.round(timeoutMs / 1000)} seconds`));
      else reject(new Error(stderr.trim() || (error.signal ? `it was ended by ${error.signal}` : `it ended with code ${error.code}`)));
    });
    child.stdin?.on("error", () => undefined); // one that does not read what is asked of it
    child.stdin?.end();
  });
}

function parse(printed: string): unknown {
  if (printed.trim() === "") throw new Error("it prints nothing");
  const parsed = parseJson(printed);
  if (parsed === undefined) throw new Error("what it prints is not JSON");
  return parsed;
}

/** Runs the plugin of a kubeconfig's user. Throws as starting it does, or an Error whose message says in a few words what is wrong. */
export async function runCredentialPlugin(exec: unknown, cluster: PluginCluster, signal: AbortSignal, timeoutMs = TIMEOUT_MS): Promise<PluginCredential> {
  const command = text(dig(exec, "command"));
  if (!command || !isRecord(exec)) throw new Error("the kubeconfig names no command");
  const status = dig(parse(await run(command, texts(exec.args), toEnvironment(exec, cluster), signal, timeoutMs)), "status");
  const [token, certificate, key] = ["token", "clientCertificateData", "clientKeyData"].map((name) => text(dig(status, name)) || null);
  if (!token && !(certificate && key)) throw new Error("it gives neither a token nor a client certificate");
  const expiresAt = Date.parse(text(dig(status, "expirationTimestamp")) ?? "");
  return {
    token: token ?? null,
    certificate: certificate ?? null,
    key: key ?? null,
    expiresAt: Number.isNaN(expiresAt) ? Number.POSITIVE_INFINITY : expiresAt,
  };
}
