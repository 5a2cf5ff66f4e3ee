import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createPlainServer, request } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { startFaultServer } from "../../e2e/api-server/start";
import type { ClusterTarget } from "./cluster-target";
import { toConnectionError } from "./connection-error";
import { getServerVersion } from "./get-server-version";
import { openConnection } from "./open-connection";
import { SOCKS_ERROR } from "./socks-dispatcher";
import { makeCertificate } from "./testing-certificate";

const folder = mkdtempSync(join(tmpdir(), "failure-paths-"));
afterAll(() => rmSync(folder, { recursive: true }));
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const [valid, expired] = [makeCertificate(folder, "20990101000000Z"), makeCertificate(folder, "20200102000000Z")];
if (valid === null || expired === null) console.log("Tests of failures over TLS are skipped: there is no openssl.");

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port; // safe: it listens on a port
}

const VERSION = JSON.stringify({ major: "1", minor: "36", gitVersion: "v1.36.0" });
const HERE = "127.0.0.1";

/** An API server that knows its version, over TLS; what a kubeconfig says of it. */
async function serveTls({ key, cert }: { readonly key: string; readonly cert: string }) {
  const port = await listen(createServer({ key, cert }, (_, response) => response.end(VERSION)));
  return { server: `https://${HERE}:${port}`, "certificate-authority-data": Buffer.from(cert).toString("base64") };
}

/** A proxy that lets everything through, or answers everything with one status. */
async function serveProxy(refusal?: number) {
  const asked: string[] = [];
  const proxy = createPlainServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    if (refusal !== undefined) response.writeHead(refusal).end();
    else incoming.pipe(request(incoming.url ?? "", { method: incoming.method, headers: incoming.headers }, (answer) => answer.pipe(response)));
  });
  proxy.on("connect", (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
      return;
    }
    const far = connect(Number(incoming.url?.split(":")[1]), HERE, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      far.pipe(socket).pipe(far);
    });
    for (const end of [far, socket]) end.on("error", () => undefined);
    closing.push(() => far.destroy());
  });
  return { url: `http://${HERE}:${await listen(proxy)}`, asked };
}

async function serve(token: string): Promise<string> {
  const api = await startFaultServer({ source: [], token });
  closing.push(() => api.stop());
  return api.url;
}

function kubeconfig(cluster: object): ClusterTarget {
  const path = join(folder, `config-${Math.random()}`);
  const context = { name: "here", context: { cluster: "c", user: "u" } };
  const body = { clusters: [{ name: "c", cluster }], users: [{ name: "u", user: { token: "secret" } }], contexts: [context], "current-context": "here" };
  writeFileSync(path, JSON.stringify(body));
  return { source: "kubeconfig", kubeconfig: path, context: null };
}

/** The version of a cluster, or the sentence that people read instead. */
async function ask(target: ClusterTarget): Promise<string> {
  try {
    const connection = openConnection(target, { timeoutMs: 60_000, attempts: 2 });
    closing.push(() => connection.close());
    return (await getServerVersion(connection))?.text ?? "none";
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return (error as AppError).message;
  }
}

describe.skipIf(valid === null || expired === null)("over TLS", () => {
  it("reads from a server whose certificate the kubeconfig knows", async () => {
    if (valid) expect(await ask(kubeconfig(await serveTls(valid)))).toBe("v1.36.0");
  });

  it("says that the certificate of the server has expired", async () => {
    const cluster = expired && (await serveTls(expired));
    expect(await ask(kubeconfig(cluster ?? {}))).toBe(`The certificate of ${cluster?.server} has expired: renew the API server's certificate.`);
  });

  it("says that the authority of the certificate is not known", async () => {
    const cluster = valid && (await serveTls(valid));
    expect(await ask(kubeconfig({ server: cluster?.server }))).toBe(
      `The certificate of ${cluster?.server} is signed by an authority that the kubeconfig does not name: correct certificate-authority-data.`,
    );
  });

  it("goes through a proxy", async () => {
    const proxy = await serveProxy();
    const cluster = valid && (await serveTls(valid));
    expect(await ask(kubeconfig({ ...cluster, "proxy-url": proxy.url }))).toBe("v1.36.0");
    expect(proxy.asked).toEqual([`CONNECT ${cluster?.server.replace("https://", "")}`]);
  });
});

describe("through a proxy", () => {
  it("reads from a server without TLS", async () => {
    const proxy = await serveProxy();
    const server = await serve("secret");
    expect(await ask(kubeconfig({ server, "proxy-url": proxy.url }))).toMatch(/^v1\./);
    expect(proxy.asked).toEqual([`GET ${server}/version`]);
  });

  it.each([
    ["http://127.0.0.1:1", "http://127.0.0.1:1", "ECONNREFUSED"],
    ["socks5://127.0.0.1:1", "socks5://127.0.0.1:1", "ECONNREFUSED"],
    ["http://me:hidden@proxy.invalid:3128", "http://proxy.invalid:3128", "ENOTFOUND|EAI_AGAIN"],
  ])("says that nothing answers at %s, not that the cluster is gone, and never shows a password", async (url, shown, code) => {
    expect(await ask(kubeconfig({ server: "https://cluster.example:6443", "proxy-url": url }))).toMatch(
      new RegExp(
        `^The proxy ${shown} on the way to https://cluster.example:6443 cannot be reached \\((${code})\\): start it or correct proxy-url in the kubeconfig\\.$`,
      ),
    );
  });

  const silent = (): void => {};
  const hangsUp = (socket: Socket): void => void socket.once("data", () => socket.destroy());
  const letsIn = (socket: Socket): void => {
    socket.once("data", () => {
      socket.write(Buffer.from([5, 0]));
      socket.once("data", () => {
        socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        hangsUp(socket);
      });
    });
  };
  it.each([
    ["says nothing", "http", "https://cluster.example:6443", silent],
    ["says nothing", "http", "http://cluster.example", silent],
    ["says nothing", "socks5", "https://cluster.example:6443", silent],
    ["hangs up", "http", "https://cluster.example:6443", hangsUp],
    ["hangs up", "http", "http://cluster.example", hangsUp],
    ["hangs up", "socks5", "https://cluster.example:6443", hangsUp],
    ["lets in, and the server behind it hangs up", "socks5", "https://cluster.example:6443", letsIn],
    ["lets in, and the server behind it hangs up", "socks5", "http://cluster.example", letsIn],
  ])("names proxy and server where the proxy %s (%s, to %s): which of the two fails is not known", async (_what, protocol, server, serveOne) => {
    const proxy = createTcpServer((socket) => serveOne(socket.on("error", silent)));
    const url = `${protocol}://${HERE}:${await listen(proxy)}`;
    const connection = openConnection(kubeconfig({ server, "proxy-url": url }), { timeoutMs: 500, attempts: 1 });
    closing.push(() => connection.close());
    await expect(getServerVersion(connection)).rejects.toThrow(
      `No answer of ${server} comes through the proxy ${url}: check that both run, that the proxy may reach that address, and that proxy-url in the kubeconfig names the right one.`,
    );
  });

  it("takes a wait for a SOCKS proxy that is over for no refusal", () => {
    const said = new Error(`${SOCKS_ERROR}Proxy connection timed out`);
    const proxy = { address: "socks5://proxy.example:1080", setting: "HTTPS_PROXY" };
    expect(toConnectionError(said, "https://cluster.example", proxy)?.message).toMatch(/^No answer of https:\/\/cluster\.example comes through the proxy /);
  });

  it("says that the proxy does not let requests through, and what it asks for", async () => {
    const asking = await serveProxy(407);
    const words = `The proxy ${asking.url} does not let requests through to https://cluster.example:6443 (status 407): put a user and password for it into proxy-url in the kubeconfig.`;
    expect(await ask(kubeconfig({ server: "https://cluster.example:6443", "proxy-url": asking.url }))).toBe(words);
    expect(await ask(kubeconfig({ server: "http://cluster.example:80", "proxy-url": asking.url }))).toBe(
      words.replace("https://cluster.example:6443", "http://cluster.example:80"),
    );
    const refusing = await serveProxy(403);
    expect(await ask(kubeconfig({ server: "https://cluster.example:6443", "proxy-url": refusing.url }))).toBe(
      `The proxy ${refusing.url} does not let requests through to https://cluster.example:6443 (status 403): check that it may reach that address.`,
    );
  });

  it("loses one list, not the scan, where the connection breaks on that list alone", async () => {
    const proxy = createPlainServer((incoming, response) => {
      if (incoming.url?.endsWith("/version")) response.end(VERSION);
      else incoming.socket.resetAndDestroy();
    });
    const target = kubeconfig({ server: "http://cluster.example", "proxy-url": `http://${HERE}:${await listen(proxy)}` });
    const connection = openConnection(target, { timeoutMs: 60_000, attempts: 2 });
    closing.push(() => connection.close());
    await getServerVersion(connection);
    const reason = "The answer to /api/v1/pods could not be read: the connection broke (ECONNRESET).";
    expect(await connection.get("/api/v1/pods")).toMatchObject({ ok: false, fault: { status: "failed", reason } });
  });

  it("says what is wrong with a password that cannot be decoded, not that the cluster refuses it, and never shows it", async () => {
    const target = kubeconfig({ server: "https://cluster.example:6443", "proxy-url": "http://me:100%sure@127.0.0.1:1" });
    expect(await ask(target)).toMatch(/^The proxy-url of context here of [^%]+ cannot be used: write each % in its user or password as %25\.$/);
  });

  it.each(["ftp://127.0.0.1:1", "http//x"])("says that %s is no proxy", async (url) => {
    const target = kubeconfig({ server: "https://cluster.example:6443", "proxy-url": url });
    expect(await ask(target)).toMatch(/^The proxy-url of context here of .+ cannot be used: it must look like http:\/\/host:3128 or socks5:\/\/host:1080\.$/);
  });
});

describe("as a pod of the cluster", () => {
  afterEach(() => vi.unstubAllEnvs());

  /** A folder with what Kubernetes mounts, and the environment that it sets. */
  function mount(server: string, files: Readonly<Record<string, string>>): ClusterTarget {
    const { hostname, port } = new URL(server);
    vi.stubEnv("KUBERNETES_SERVICE_HOST", hostname);
    vi.stubEnv("KUBERNETES_SERVICE_PORT", port);
    const root = mkdtempSync(join(folder, "pod-"));
    const mounted = join(root, "var/run/secrets/kubernetes.io/serviceaccount");
    mkdirSync(mounted, { recursive: true });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(mounted, name), content);
    return { source: "in-cluster", root };
  }

  it.skipIf(valid === null)("reads with the token of its service account", async () => {
    const seen: (string | undefined)[] = [];
    const { key, cert } = valid ?? { key: "", cert: "" };
    const port = await listen(
      createServer({ key, cert }, (incoming, response) => {
        seen.push(incoming.headers.authorization);
        response.end(VERSION);
      }),
    );
    expect(await ask(mount(`https://${HERE}:${port}`, { "ca.crt": cert, token: "of-the-pod", namespace: "tools" }))).toBe("v1.36.0");
    expect(seen).toEqual(["Bearer of-the-pod"]);
  });

  it.skipIf(valid === null)("says what to do about a token that is refused, which no kubeconfig holds", async () => {
    const { key, cert } = valid ?? { key: "", cert: "" };
    const server = `https://${HERE}:${await listen(createServer({ key, cert }, (_, response) => response.writeHead(401).end()))}`;
    expect(await ask(mount(server, { "ca.crt": cert, token: "of-the-pod", namespace: "tools" }))).toBe(
      `${server} does not accept the token of this pod's service account (401): start the pod again, and check that its account is still there.`,
    );
  });

  it.each([
    ["ca.crt", {}],
    ["token", { "ca.crt": valid?.cert ?? "" }],
  ])("says that %s is not mounted", async (name, files) => {
    expect(await ask(mount(`https://${HERE}:6443`, files))).toMatch(
      new RegExp(
        `^The file .+/serviceaccount/${name} of this pod's service account cannot be read \\(ENOENT\\): let the pod mount its token \\(automountServiceAccountToken\\), or set KUBECONFIG\\.$`,
      ),
    );
  });
});
