import "server-only";
import { type AnonymousAnswer, askAnonymously } from "@/lib/kube/ask-anonymously";
import type { Endpoint } from "@/lib/kube/endpoint";
import { type Handshake, type HandshakeOffer, tryHandshake } from "@/lib/kube/try-handshake";
import type { JsonRecord } from "@/lib/model/json";
import type { OptInMeans, OptInReader, OptInReading } from "./opt-in-reader";

const TIMEOUT_MS = 8_000;
const PATHS = ["/version", "/api/v1/namespaces?limit=1"];

/** Old versions and suites are only offered when OpenSSL is told to lower its own bar. */
const OFFERS = {
  normal: {},
  /** Up to TLS 1.1. */
  old: { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" },
  /** Only suites whose key exchange lets a recording be read later by whoever gets the server's key. */
  weak: { minVersion: "TLSv1.2", maxVersion: "TLSv1.2", ciphers: "kRSA:!PSK:@SECLEVEL=0" },
} as const satisfies Record<string, HandshakeOffer>;

/** `refused` = the server said no, as against a connection that did not come about. */
function toWord(handshake: Handshake): "accepted" | "refused" | "unclear" {
  if (handshake.ok) return "accepted";
  return /ALERT|^ECONNRESET$|^EPROTO$/.test(handshake.code) ? "refused" : "unclear";
}

async function lookAtTls(endpoint: Endpoint): Promise<JsonRecord> {
  const normal = await tryHandshake(endpoint, OFFERS.normal, TIMEOUT_MS);
  if (!normal.ok) return { problem: `No TLS connection came about (${normal.code}).` };
  const old = await tryHandshake(endpoint, OFFERS.old, TIMEOUT_MS);
  const weak = await tryHandshake(endpoint, OFFERS.weak, TIMEOUT_MS);
  return { protocol: normal.protocol, oldVersions: toWord(old), weakSuites: toWord(weak), ...(normal.notAfter && { certificateNotAfter: normal.notAfter }) };
}

function toAnonymous(answers: readonly AnonymousAnswer[]): JsonRecord {
  const [version, namespaces] = answers;
  if (!version?.ok || !namespaces?.ok) {
    const code = [version, namespaces].flatMap((answer) => (answer && !answer.ok ? [answer.code] : []))[0];
    return { problem: `A request without credentials got no answer (${code ?? "unknown"}).` };
  }
  return { version: version.status, namespaces: namespaces.status, ...(namespaces.user && { user: namespaces.user }) };
}

async function read({ connection, add, signal }: OptInMeans): Promise<OptInReading> {
  const { endpoint, meter } = connection;
  if (endpoint.isIndirect) {
    return {
      status: "failed",
      objects: 0,
      reason: "The API server is reached through a proxy or a gateway, whose answers would be taken for its own.",
      action: "Scan through the API server's own address, or switch this source off in the settings.",
      isUsable: false,
    };
  }
  signal?.throwIfAborted();
  for (const _ of PATHS) meter.addRequest();
  const anonymous = toAnonymous(await askAnonymously(endpoint, PATHS, TIMEOUT_MS, signal));
  const tls = endpoint.isTls ? await lookAtTls(endpoint) : { problem: "The API server is reached over plain HTTP." };
  signal?.throwIfAborted();
  add({ apiVersion: "concentric.dev/v1", kind: "APIServerProbe", metadata: { name: "api-server" }, anonymous, tls });
  return { status: "read", objects: 1, isUsable: true };
}

/** How the API server looks to somebody without credentials: two requests, three handshakes. */
export const apiServerProbeReader: OptInReader = {
  source: "api-server-probe",
  kind: { group: "concentric.dev", version: "v1", resource: "probe", kind: "APIServerProbe" },
  off: "The API server is not looked at from outside unless somebody asks for it: requests without credentials can set off alarms.",
  on: "Switch on the look from outside in the settings of this cluster; it needs no rights.",
  grant: null,
  read,
};
