import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { dig, text } from "@/lib/model/json";
import type { ProxyUse } from "./load-kube-config";
import { SOCKS_ERROR } from "./socks-dispatcher";

const SENTENCES: Readonly<Record<string, (server: string) => string>> = {
  ECONNREFUSED: (server) => `Nothing answers at ${server} (connection refused): start the cluster or correct the address in the kubeconfig.`,
  ENOTFOUND: (server) => `The name of ${server} cannot be resolved: check the address in the kubeconfig and the network or VPN.`,
  EAI_AGAIN: (server) => `The name of ${server} cannot be resolved at the moment: check the network or VPN and try again.`,
  EHOSTUNREACH: (server) => `There is no route to ${server}: check the network or VPN.`,
  ENETUNREACH: (server) => `There is no route to ${server}: check the network or VPN.`,
  ETIMEDOUT: (server) => `${server} does not answer: check the address, the firewall and the VPN.`,
  UND_ERR_CONNECT_TIMEOUT: (server) => `${server} does not answer: check the address, the firewall and the VPN.`,
  CERT_HAS_EXPIRED: (server) => `The certificate of ${server} has expired: renew the API server's certificate.`,
  CERT_NOT_YET_VALID: (server) => `The certificate of ${server} is not valid yet: check the clocks of this machine and of the API server.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (server) => untrusted(server),
  SELF_SIGNED_CERT_IN_CHAIN: (server) => untrusted(server),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (server) => untrusted(server),
  UNABLE_TO_GET_ISSUER_CERT: (server) => untrusted(server),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (server) => untrusted(server),
  CERT_SIGNATURE_FAILURE: (server) => untrusted(server),
  ERR_TLS_CERT_ALTNAME_INVALID: (server) => `The certificate of ${server} is for other names: use one of them or set tls-server-name in the kubeconfig.`,
  ERR_SSL_WRONG_VERSION_NUMBER: (server) => `${server} does not speak TLS: use http:// in the kubeconfig or the port that serves HTTPS.`,
};

function untrusted(server: string): string {
  return `The certificate of ${server} is signed by an authority that the kubeconfig does not name: correct certificate-authority-data.`;
}

function expiredClient(server: string): string {
  return `${server} refuses the client certificate of the kubeconfig because it has expired: renew it.`;
}

/** An error and what caused it, one below the other, five at the most. */
function* causesOf(error: unknown): Generator<unknown> {
  for (let current = error, depth = 0; depth < 5 && current !== undefined && current !== null; current = dig(current, "cause"), depth += 1) yield current;
}

/** The code of the error that is at the bottom of what fetch threw, or "". */
export function findErrorCode(error: unknown): string {
  for (const current of causesOf(error)) {
    const inner = dig(current, "errors", 0);
    const code = text(dig(current, "code")) ?? text(dig(inner, "code"));
    if (code !== undefined) return code;
  }
  return "";
}

const SOCKS_REFUSAL = new RegExp(`${SOCKS_ERROR}(.{1,200})`);

const UNREACHABLE = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/;
/** Nobody refused anything: the proxy, or the server behind it, says nothing or hung up. */
const UNHEARD = /ETIMEDOUT|ECONNRESET|UND_ERR_CONNECT_TIMEOUT|Proxy connection timed out|Socket closed/;

/** Nothing came back: which of the two is silent cannot be told from here. */
export function toUnheardError(error: unknown, server: string, { address, setting }: ProxyUse): AppError {
  const next = `check that both run, that the proxy may reach that address, and that ${setting} names the right one`;
  return new AppError("upstream", `No answer of ${server} comes through the proxy ${address}: ${next}.`, { cause: error });
}

/** What a proxy between us and the server says or fails to say; null when the error is not its own. */
function toProxyError(error: unknown, server: string, proxy: ProxyUse): AppError | null {
  const { address, setting } = proxy;
  const said = [...causesOf(error)].flatMap((cause) => [text(dig(cause, "code")) ?? "", text(dig(cause, "message")) ?? ""]).join(" ");
  const status = /Proxy[^(]{0,200}\((\d{3})\)/.exec(said)?.[1];
  if (status !== undefined) {
    const next = status === "407" ? `put a user and password for it into ${setting}` : "check that it may reach that address";
    return new AppError("upstream", `The proxy ${address} does not let requests through to ${server} (status ${status}): ${next}.`, { cause: error });
  }
  const reason = UNREACHABLE.exec(said)?.[0];
  if (reason !== undefined)
    return new AppError("upstream", `The proxy ${address} on the way to ${server} cannot be reached (${reason}): start it or correct ${setting}.`, {
      cause: error,
    });
  if (UNHEARD.test(said)) return toUnheardError(error, server, proxy);
  const refusal = SOCKS_REFUSAL.exec(said)?.[1];
  if (refusal === undefined) return null;
  const next = `check the user and password in ${setting}, and that it may reach that address`;
  return new AppError("upstream", `The proxy ${address} does not let requests through to ${server} (${refusal}): ${next}.`, { cause: error });
}

/** An error that stands for the whole cluster, or null when it may be about one request only. `proxy` is the one on the way, if there is one. */
export function toConnectionError(error: unknown, server: string, proxy: ProxyUse | null): AppError | null {
  if (error instanceof AppError) return error;
  const ofProxy = proxy === null ? null : toProxyError(error, server, proxy);
  if (ofProxy) return ofProxy;
  const code = findErrorCode(error);
  const sentence = /ALERT_CERTIFICATE_EXPIRED/.test(code) ? expiredClient : SENTENCES[code];
  if (sentence) return new AppError("upstream", sentence(server), { cause: error });
  if (/^ERR_(SSL|TLS|OSSL)|^EPROTO/.test(code)) {
    return new AppError("upstream", `No secure connection to ${server} can be made (${code}): check its address and the certificates in the kubeconfig.`, {
      cause: error,
    });
  }
  return null;
}
