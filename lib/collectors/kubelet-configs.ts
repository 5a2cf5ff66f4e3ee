import "server-only";
import pLimit from "p-limit";
import { AppError } from "@/lib/errors/app-error";
import type { KubeConnection } from "@/lib/kube/kube-connection";
import { NOT_READ } from "@/lib/inventory/nodes/kubelet-configs";
import type { CoverageStatus } from "@/lib/model/coverage";
import { isRecord, type JsonRecord, record } from "@/lib/model/json";
import { toShellWord } from "@/lib/model/shell-word";
import type { ListedNode, OptInMeans, OptInReader, OptInReading } from "./opt-in-reader";

const GRANT = "deploy/opt-in-kubelet-config.yaml";
const LIMITS = { timeoutMs: 8_000, attempts: 2 };
const PARALLEL = 8;
/** A cluster whose kubelets are all out of reach must not hold up a scan for longer. */
const ALL_WITHIN_MS = 60_000;
const NAMED = 3;

/** What is kept of a kubelet's settings: what controls judge. URLs and headers that may hold credentials are not among them. */
const KEPT = [
  "readOnlyPort",
  "streamingConnectionIdleTimeout",
  "makeIPTablesUtilChains",
  "eventRecordQPS",
  "tlsCertFile",
  "tlsPrivateKeyFile",
  "tlsCipherSuites",
  "tlsMinVersion",
  "serverTLSBootstrap",
  "rotateCertificates",
  "podPidsLimit",
  "seccompDefault",
  "protectKernelDefaults",
  "enableProfilingHandler",
  "enableDebugFlagsHandler",
  "enableSystemLogQuery",
  "allowedUnsafeSysctls",
  "imagePullCredentialsVerificationPolicy",
  "preloadedImagesVerificationAllowlist",
] as const;

type Answer = { readonly ok: true; readonly config: JsonRecord } | { readonly ok: false; readonly status: CoverageStatus; readonly reason: string };

function pick(from: JsonRecord, keys: readonly string[]): JsonRecord {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
}

function toKept(config: JsonRecord): JsonRecord {
  const { anonymous, webhook, x509 } = record(config.authentication);
  return {
    authentication: {
      anonymous: pick(record(anonymous), ["enabled"]),
      webhook: pick(record(webhook), ["enabled"]),
      x509: pick(record(x509), ["clientCAFile"]),
    },
    authorization: pick(record(config.authorization), ["mode"]),
    featureGates: pick(record(config.featureGates), ["RotateKubeletServerCertificate", "AllBeta"]),
    ...pick(config, KEPT),
  };
}

function parseConfig(body: Buffer): JsonRecord | null {
  try {
    const { kubeletconfig } = record(JSON.parse(body.toString("utf8")));
    return isRecord(kubeletconfig) ? kubeletconfig : null;
  } catch {
    return null;
  }
}

function pathOf(node: string): string {
  return `/api/v1/nodes/${encodeURIComponent(node)}/proxy/configz`;
}

/** Reasons are kept with each snapshot, so they hold nothing that changes from scan to scan. */
async function ask(connection: KubeConnection, { name, isReady }: ListedNode, signal: AbortSignal | undefined): Promise<Answer> {
  if (!isReady) return { ok: false, status: "failed", reason: "The node is not ready, so its kubelet was not asked." };
  try {
    const answer = await connection.get(pathOf(name), { limits: LIMITS, ...(signal && { signal }) });
    if (answer.ok) {
      const config = parseConfig(answer.body);
      return config ? { ok: true, config } : { ok: false, status: "failed", reason: "What the kubelet of this node answered is not its settings." };
    }
    const { status, httpStatus } = answer.fault;
    if (status === "forbidden") return { ok: false, status, reason: "The API server does not allow asking the kubelet of this node (403)." };
    if (status === "timeout") return { ok: false, status, reason: "The kubelet of this node did not answer in time." };
    const told = httpStatus === null ? "the connection broke" : `status ${httpStatus}`;
    return { ok: false, status: "failed", reason: `The API server does not get the settings of this node's kubelet (${told}).` };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return { ok: false, status: "failed", reason: "The API server did not answer when this node's kubelet was to be asked." };
  }
}

function toObject(name: string, answer: Answer): JsonRecord {
  const head = { apiVersion: "kubelet.config.k8s.io/v1beta1", kind: "KubeletConfiguration" };
  if (answer.ok) return { ...head, metadata: { name }, ...toKept(answer.config) };
  return { ...head, metadata: { name, annotations: { [NOT_READ]: answer.reason } } };
}

function toReading(answers: ReadonlyMap<string, Answer>): OptInReading {
  const failed = [...answers].flatMap(([name, answer]) => (answer.ok ? [] : [{ name, ...answer }]));
  const objects = answers.size - failed.length;
  const worst = failed.find(({ status }) => status === "forbidden") ?? failed[0];
  if (!worst) return { status: "read", objects, isUsable: true };
  const names = failed
    .slice(0, NAMED)
    .map(({ name }) => name)
    .join(", ");
  const rest = failed.length > NAMED ? ` and ${failed.length - NAMED} more` : "";
  return {
    status: worst.status,
    objects,
    reason: `${failed.length} of ${answers.size} kubelets could not be read: ${names}${rest}. ${worst.name}: ${worst.reason}`,
    action:
      worst.status === "forbidden" ? `Apply ${GRANT}, or switch this source off in the settings.` : `kubectl get --raw ${toShellWord(pathOf(worst.name))}`,
    isUsable: objects > 0,
  };
}

async function read({ connection, add, nodes, signal }: OptInMeans): Promise<OptInReading> {
  if (nodes === null) {
    return { status: "failed", objects: 0, reason: "Which nodes there are could not be read.", action: "Grant get and list on nodes.", isUsable: false };
  }
  const startedAt = performance.now();
  const limit = pLimit(PARALLEL);
  const answers = new Map<string, Answer>();
  const askInTime = async (node: ListedNode): Promise<Answer> =>
    performance.now() - startedAt > ALL_WITHIN_MS
      ? { ok: false, status: "timeout", reason: `The kubelet of this node was not asked: others took more than ${ALL_WITHIN_MS / 1000} seconds.` }
      : ask(connection, node, signal);
  const machines = nodes.filter(({ isVirtual }) => !isVirtual).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name } of machines) answers.set(name, { ok: false, status: "failed", reason: "" });
  await Promise.all(machines.map((node) => limit(async () => answers.set(node.name, await askInTime(node)))));
  for (const [name, answer] of answers) add(toObject(name, answer));
  return toReading(answers);
}

/** The settings that kubelets run with, asked through the API server. */
export const kubeletConfigsReader: OptInReader = {
  source: "kubelet-config",
  kind: { group: "kubelet.config.k8s.io", version: "v1beta1", resource: "nodes/proxy", kind: "KubeletConfiguration" },
  off: "The settings of kubelets are not read unless somebody asks for it: the right to ask for them also reaches commands in every pod.",
  on: `Switch on kubelet settings in the settings of this cluster, and apply ${GRANT}; or keep it off and check the nodes by other means.`,
  grant: GRANT,
  read,
};
