import "server-only";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
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

/** What a stream gave so far. `onTooMuch` is told once it gives more than any credential is long. */
function collect(stream: Readable | null, onTooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > OUTPUT_BYTES) onTooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString();
}

/** What it prints. Throws what starting it throws, or an Error whose message says in a few words how it failed. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv, signal: AbortSignal, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child: ChildProcess = spawn(command, [...args], { env, detached: true });
    // The whole group: many plugins are scripts, and what those started would stay for good, anew with each scan.
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {} // it has ended already
    };
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      process.off("exit", end);
    };
    const giveUp = (reason: unknown) => {
      settle();
      end();
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      reject(reason);
    };
    const onAbort = () => giveUp(signal.reason);
    const timer = setTimeout(() => giveUp(new Error(`it has not ended within ${Math.round(timeoutMs / 1000)} seconds`)), timeoutMs);
    signal.addEventListener("abort", onAbort);
    process.on("exit", end); // what ends this process, as Ctrl+C does, is not told to another group
    const onTooMuch = () => giveUp(new Error("it prints more than 1 MiB"));
    const [stdout, stderr] = [collect(child.stdout, onTooMuch), collect(child.stderr, onTooMuch)];
    child.once("error", giveUp);
    child.once("close", (code, endedBy) => {
      settle();
      if (code === 0) resolve(stdout());
      else reject(new Error(stderr().trim() || (endedBy ? `it was ended by ${endedBy}` : `it ended with code ${code}`)));
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
