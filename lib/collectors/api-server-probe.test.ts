import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openConnection } from "@/lib/kube/open-connection";
import { dig, type JsonRecord } from "@/lib/model/json";
import { apiServerProbeReader } from "./api-server-probe";
import { collectFrom } from "./testing-collect";

const folder = mkdtempSync(join(tmpdir(), "probe-"));
afterAll(() => rmSync(folder, { recursive: true }));
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Null where there is no openssl to make one with. */
function makeCertificate(algorithm: readonly string[]): { readonly key: string; readonly cert: string } | null {
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const name = ["-subj", "/CN=api-server", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "400"];
  try {
    execFileSync("openssl", ["req", "-x509", "-nodes", "-newkey", ...algorithm, "-keyout", keyFile, "-out", certFile, ...name], { stdio: "ignore" });
    return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
  } catch {
    return null;
  }
}

const modern = makeCertificate(["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
const old = makeCertificate(["rsa:2048"]);
if (modern === null || old === null) console.log("Tests of the look from outside over TLS are skipped: there is no openssl.");

async function look(
  { authority, ...options }: ServerOptions & { readonly cert: string; readonly authority?: string },
  answer: (request: IncomingMessage) => readonly [number, unknown],
  path = "",
) {
  const seen: IncomingMessage[] = [];
  const server = createServer({ requestCert: true, rejectUnauthorized: false, ...options }, (request, response) => {
    seen.push(request);
    const [status, body] = answer(request);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo; // safe: it listens on a port
  const kubeconfig = join(folder, "kubeconfig");
  const cluster = { server: `https://127.0.0.1:${port}${path}`, "certificate-authority-data": Buffer.from(authority ?? options.cert).toString("base64") };
  const context = { name: "here", context: { cluster: "c", user: "u" } };
  const user = { name: "u", user: { token: "a-token-that-must-stay-here" } };
  writeFileSync(kubeconfig, JSON.stringify({ clusters: [{ name: "c", cluster }], users: [user], contexts: [context], "current-context": "here" }));
  const connection = openConnection({ source: "kubeconfig", kubeconfig, context: null });
  closing.push(() => connection.close());
  const objects: JsonRecord[] = [];
  const reading = await apiServerProbeReader.read({ connection, add: (body) => objects.push(body), nodes: null });
  return { reading, seen, probe: objects[0] };
}

const refuseAll = () => [401, { kind: "Status", message: "Unauthorized" }] as const;
const refuseAnonymous = () => [403, { kind: "Status", message: 'namespaces is forbidden: User "system:anonymous" cannot list resource "namespaces"' }] as const;

describe.skipIf(modern === null || old === null)("the look from outside", () => {
  it("sends no credentials, and sees that it is refused, that old TLS is too, and when the certificate ends", async () => {
    const { reading, seen, probe } = await look({ ...modern, cert: modern?.cert ?? "" }, refuseAll);
    expect(reading).toEqual({ status: "read", objects: 1, isUsable: true });
    expect(seen.map(({ url }) => url)).toEqual(["/version", "/api/v1/namespaces?limit=1"]);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    expect(
      seen.map(({ socket }) => (socket as TLSSocket).getPeerCertificate()).filter((certificate) => certificate && Object.keys(certificate).length > 0),
    ).toEqual([]);
    expect(probe).toMatchObject({
      kind: "APIServerProbe",
      anonymous: { version: 401, namespaces: 401 },
      tls: { protocol: "TLSv1.3", oldVersions: "refused", weakSuites: "refused" },
    });
    const end = Date.parse(String(dig(probe, "tls", "certificateNotAfter")));
    expect(Math.round((end - Date.now()) / 86_400_000)).toBe(400);
  });

  it("sees a server that takes TLS 1.1 and suites without forward secrecy", async () => {
    const { probe } = await look({ ...old, cert: old?.cert ?? "", minVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0" }, refuseAll);
    expect(probe).toMatchObject({ tls: { oldVersions: "accepted", weakSuites: "accepted" } });
  });

  it("tells whom a refusal names, and nothing else of what is answered", async () => {
    const refused = await look({ ...modern, cert: modern?.cert ?? "" }, refuseAnonymous);
    expect(refused.probe).toMatchObject({ anonymous: { namespaces: 403, user: "system:anonymous" } });
    const open = await look({ ...modern, cert: modern?.cert ?? "" }, () => [200, { items: [{ metadata: { name: "payroll" } }] }]);
    expect(open.probe).toMatchObject({ anonymous: { version: 200, namespaces: 200 } });
    expect(JSON.stringify(open.probe)).not.toContain("payroll");
  });

  it("gets no answer from a server whose certificate is not signed by the kubeconfig's authority", async () => {
    const { probe } = await look({ ...modern, cert: modern?.cert ?? "", authority: old?.cert ?? "" }, refuseAll);
    expect(probe).toMatchObject({ anonymous: { problem: "A request without credentials got no answer (DEPTH_ZERO_SELF_SIGNED_CERT)." } });
    expect(probe).toMatchObject({ tls: { protocol: "TLSv1.3" } });
  });

  it("tells no answer where only one of its questions gets one", async () => {
    for (const silent of ["/version", "/api/v1/namespaces"]) {
      const { probe } = await look({ ...modern, cert: modern?.cert ?? "" }, (request) => {
        if (request.url?.startsWith(silent)) request.socket.destroy();
        return refuseAll();
      });
      expect(probe).toMatchObject({ anonymous: { problem: expect.stringMatching(/^A request without credentials got no answer \(/) } });
    }
  });

  it("does not take the answers of a gateway in front for the API server's", async () => {
    const { reading, seen, probe } = await look({ ...modern, cert: modern?.cert ?? "" }, refuseAll, "/k8s/clusters/c-1");
    expect(reading).toMatchObject({ status: "failed", isUsable: false, reason: expect.stringContaining("through a proxy or a gateway") });
    expect(seen).toEqual([]);
    expect(probe).toBeUndefined();
  });
});

it("looks at an API server without TLS too, and says that there is none", async () => {
  const open = await collectFrom({ source: [] }, ["api-server-probe"]);
  expect(open.objects.get("APIServerProbe/api-server")).toMatchObject({
    anonymous: { version: 200, namespaces: 200 },
    tls: { problem: "The API server is reached over plain HTTP." },
  });
});

it("does not look unless somebody asked for it", async () => {
  const { requests, coverageOf } = await collectFrom({ source: [] }, []);
  expect(requests.filter((line) => line.endsWith("/namespaces?limit=1"))).toEqual([]);
  expect(coverageOf("APIServerProbe")).toMatchObject({ status: "not-requested", action: expect.stringContaining("needs no rights") });
});
