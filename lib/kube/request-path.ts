import "server-only";
import { addAbortListener } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { request } from "undici";
import { AppError } from "@/lib/errors/app-error";
import { redactField } from "@/lib/inventory/secrets/redact-field";
import { parseJson, record, text } from "@/lib/model/json";
import { findErrorCode, toConnectionError, toUnheardError } from "./connection-error";
import type { Credentials, RequestCredentials } from "./credentials";
import type { Answer, GetOptions, RequestLimits } from "./kube-connection";
import type { ProxyUse } from "./load-kube-config";
import type { PageBuffers } from "./page-buffers";
import { readBody } from "./read-body";
import { isWorthRetrying, toBrokenFault, toStatusFault, toTimeoutFault } from "./read-fault";
import type { RequestMeter } from "./request-meter";
import { parseRetryAfter, retryDelayMs } from "./retry-delay";

export interface RequestMeans {
  readonly server: string;
  readonly proxy: ProxyUse | null;
  readonly credentials: Credentials;
  /** They are those of the pod that we run in. */
  readonly isPod: boolean;
  readonly meter: RequestMeter;
  readonly limits: RequestLimits;
  readonly buffers: PageBuffers;
}

type Attempt =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "retry"; readonly answer: Answer; readonly afterMs: number | null; readonly isTimeout?: boolean; readonly whole?: AppError }
  | { readonly kind: "unauthenticated"; readonly credentials: RequestCredentials };

const SLOW_ATTEMPTS = 2;
const REFUSED = "the credentials of the kubeconfig (401): sign in again or renew the token.";
const REFUSED_POD = "the token of this pod's service account (401): start the pod again, and check that its account is still there.";
/** Served by the API server itself, to everybody whom it knows. */
const OWN_PATH = "/api";

/** One GET, tried again on 429, 5xx and broken connections. Throws AppError for what concerns the whole cluster, and the abort reason. */
export async function requestPath(means: RequestMeans, path: string, { signal, accept = "application/json" }: GetOptions): Promise<Answer> {
  const startedAtMs = performance.now();
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    const outcome = await tryOnce(means, path, accept, signal);
    if (outcome.kind === "answer") return outcome.answer;
    if (outcome.kind === "unauthenticated") {
      if (renewed && (await isKnown(means, signal))) return { ok: false, fault: toStatusFault(nameOf(path), 401, "") };
      if (renewed) throw new AppError("upstream", `${means.server} does not accept ${means.isPod ? REFUSED_POD : REFUSED}`);
      renewed = true;
      means.credentials.renew(outcome.credentials);
      continue;
    }
    const { attempts, slowAttempts = SLOW_ATTEMPTS, againWithinMs = Number.POSITIVE_INFINITY } = means.limits;
    const delayMs = retryDelayMs(attempt, outcome.afterMs, Math.random());
    const isLate = performance.now() - startedAtMs + delayMs > againWithinMs;
    if (isLate || attempt >= (outcome.isTimeout ? Math.min(slowAttempts, attempts) : attempts)) {
      if (outcome.whole) throw outcome.whole;
      return outcome.answer;
    }
    means.meter.addRetry();
    await wait(delayMs, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
  }
}

/** Whether the API server accepts the credentials: an aggregated API or a kubelet behind it, which does not trust the API server, answers with the same status. */
async function isKnown(means: RequestMeans, signal: AbortSignal | undefined): Promise<boolean> {
  const outcome = await tryOnce(means, OWN_PATH, "application/json", signal);
  return outcome.kind === "answer" && (outcome.answer.ok || outcome.answer.fault.status === "forbidden");
}

/** Faults are kept with each snapshot: the token of a page would make each another. */
function nameOf(path: string): string {
  return path.split("?", 1)[0] ?? path;
}

/** Signing in may wait for a plugin: who cancels a scan does not. Throws the abort reason. */
async function orAborted<T>(value: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return value;
  const { promise, reject } = Promise.withResolvers<never>();
  using _ = addAbortListener(signal, () => reject(signal.reason));
  return await Promise.race([value, promise]);
}

async function tryOnce(
  { server, proxy, credentials, meter, limits, buffers }: RequestMeans,
  path: string,
  accept: string,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const named = nameOf(path);
  const used = await orAborted(credentials.get(), signal);
  const { headers, dispatcher } = used;
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  meter.addRequest();
  try {
    const response = await request(server + path, {
      headers: { ...headers, accept, "accept-encoding": acceptedEncoding(server), "user-agent": "concentric" },
      dispatcher,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const body = await readBody(response.body, response.headers, buffers);
    meter.addBytes(body.length);
    if (response.statusCode >= 200 && response.statusCode < 300) return { kind: "answer", answer: { ok: true, body } };
    if (response.statusCode === 401) return { kind: "unauthenticated", credentials: used };
    return toRefusal(response.statusCode, response.headers, body, named);
  } catch (error) {
    signal?.throwIfAborted();
    const isUnheard = meter.counts().bytes === 0;
    const unheard = isUnheard && proxy !== null && { whole: toUnheardError(error, server, proxy) };
    if (timeout.aborted)
      return { kind: "retry", answer: { ok: false, fault: toTimeoutFault(named, limits.timeoutMs) }, afterMs: null, isTimeout: true, ...unheard };
    if (error instanceof RangeError) return { kind: "answer", answer: { ok: false, fault: { ...toBrokenFault(named, error.message), isTooLarge: true } } };
    const whole = toConnectionError(error, server, proxy);
    // A server that never answered is not tried again: people wait for that sentence.
    if (whole && isUnheard) throw whole;
    const code = findErrorCode(error);
    const why = `the connection broke${code === "" ? "" : ` (${code})`}`;
    // Whoever cuts what has begun could be reached.
    return {
      kind: "retry",
      answer: { ok: false, fault: toBrokenFault(named, why) },
      afterMs: null,
      ...unheard,
      ...(whole && code !== "ECONNRESET" && { whole }),
    };
  }
}

/** Compression costs both sides more than it saves on the way to a neighbour. */
function acceptedEncoding(server: string): string {
  return /^https?:\/\/(?:localhost|127\.|\[::1\])/.test(server) ? "identity" : "gzip";
}

function toRefusal(status: number, headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer, path: string): Attempt {
  // Anybody's server may stand behind an aggregated API or a conversion webhook: what it says is stored with the snapshot.
  const message = redactField("args", text(record(parseJson(body.toString("utf8"))).message) ?? "");
  const answer = { ok: false, fault: toStatusFault(path, status, message) } as const;
  if (!isWorthRetrying(status, message)) return { kind: "answer", answer };
  const retryAfter = headers["retry-after"];
  const afterMs = parseRetryAfter(typeof retryAfter === "string" ? retryAfter : null, new Date());
  return { kind: "retry", answer, afterMs, isTimeout: answer.fault.status === "timeout" };
}
