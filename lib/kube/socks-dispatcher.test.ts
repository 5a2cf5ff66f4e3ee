import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { TLSSocket } from "node:tls";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { getServerVersion } from "./get-server-version";
import { openConnection } from "./open-connection";
import { makeCertificate } from "./testing-certificate";

const HERE = "127.0.0.1";
const folder = mkdtempSync(join(tmpdir(), "socks-"));
const certificate = makeCertificate(folder, "20990101000000Z");
afterAll(() => rmSync(folder, { recursive: true }));
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, HERE, resolve));
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port; // safe: it listens on a port
}

/** An API server, and the names that it was asked under. */
async function serveApi() {
  const names: unknown[] = [];
  const answer = JSON.stringify({ gitVersion: "v1.36.0" });
  const { key, cert } = certificate ?? {};
  const api = createServer({ key, cert }, (incoming, response) => {
    names.push((incoming.socket as TLSSocket & { servername?: string }).servername);
    response.end(answer);
  });
  return { names, port: await listen(api) };
}

/** The next bytes of a connection that waits for an answer before it says more. */
const read = (socket: Socket) => new Promise<Buffer>((resolve) => socket.once("data", resolve));

/** What a SOCKS5 proxy was told. Every address leads to `port`; with `users`, it lets nobody in who has no password. */
async function serveProxy(port: number, users = false) {
  const asked: string[] = [];
  const serve = async (socket: Socket): Promise<void> => {
    socket.on("error", () => undefined);
    const methods = [...(await read(socket)).subarray(2)];
    if (users && !methods.includes(2)) return void socket.end(Buffer.from([5, 255]));
    socket.write(Buffer.from([5, users ? 2 : 0]));
    if (users) {
      const account = await read(socket);
      const at = 2 + (account[1] ?? 0);
      asked.push(`${account.subarray(2, at)} ${account.subarray(at + 1)}`);
      socket.write(Buffer.from([1, 0]));
    }
    const wanted = await read(socket);
    const host = wanted[3] === 3 ? wanted.toString("latin1", 5, wanted.length - 2) : [...wanted.subarray(4, wanted.length - 2)].join(".");
    asked.push(`${host}:${wanted.readUInt16BE(wanted.length - 2)}`);
    const far = connect(port, HERE, () => {
      socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
      far.pipe(socket).pipe(far);
    });
    far.on("error", () => undefined);
    closing.push(() => far.destroy());
  };
  return { asked, address: `${HERE}:${await listen(createTcpServer((socket) => void serve(socket)))}` };
}

/** The version of a cluster, or the error that people read instead. */
async function ask(cluster: object): Promise<unknown> {
  const kubeconfig = join(folder, `config-${Math.random()}`);
  const contexts = [{ name: "here", context: { cluster: "c", user: "u" } }];
  writeFileSync(kubeconfig, JSON.stringify({ clusters: [{ name: "c", cluster }], users: [{ name: "u", user: {} }], contexts, "current-context": "here" }));
  const connection = openConnection({ source: "kubeconfig", kubeconfig, context: null }, { timeoutMs: 20_000, attempts: 1 });
  closing.push(() => connection.close());
  return getServerVersion(connection).then(
    (version) => version?.text,
    (error: unknown) => error,
  );
}

describe.skipIf(certificate === null)("a SOCKS proxy", () => {
  it.each([
    ["https://api.example", {}, "api.example:443", "api.example"],
    ["https://api.example:6443", {}, "api.example:6443", "api.example"],
    ["https://10.1.2.3", { "tls-server-name": "kubernetes" }, "10.1.2.3:443", "kubernetes"],
    ["https://[fd00::1]", { "tls-server-name": "kubernetes" }, "253.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1:443", "kubernetes"],
  ])("leads to %s with %o as kubectl asks it to", async (server, more, asked, name) => {
    const api = await serveApi();
    const proxy = await serveProxy(api.port);
    expect(await ask({ server, "proxy-url": `socks5://${proxy.address}`, "insecure-skip-tls-verify": true, ...more })).toBe("v1.36.0");
    expect([proxy.asked, api.names]).toEqual([[asked], [name]]);
  });

  it("lets nobody by whose certificate the kubeconfig does not know", async () => {
    const api = await serveApi();
    const cluster = { server: `https://${HERE}`, "proxy-url": `socks5://${(await serveProxy(api.port)).address}` };
    expect(await ask({ ...cluster, "certificate-authority-data": btoa(certificate?.cert ?? "") })).toBe("v1.36.0");
    expect(String(await ask(cluster))).toMatch(/is signed by an authority that the kubeconfig does not name/);
  });

  it("is told the user and the password of its address, which no error shows", async () => {
    const api = await serveApi();
    const proxy = await serveProxy(api.port, true);
    const cluster = { server: "https://api.example", "insecure-skip-tls-verify": true };
    expect(await ask({ ...cluster, "proxy-url": `socks5://ada:hid%40den@${proxy.address}` })).toBe("v1.36.0");
    expect(proxy.asked).toEqual(["ada hid@den", "api.example:443"]);
    const [gone, asking] = [`${HERE}:1`, proxy.address];
    const errors = await Promise.all([gone, asking].map((address) => ask({ ...cluster, "proxy-url": `socks5://:hidden@${address}` })));
    expect(inspect(errors, { depth: 9 })).not.toContain("hidden");
    expect(String(errors[0])).toMatch(/The proxy .* cannot be reached \(ECONNREFUSED\)/);
    expect(String(errors[1])).toBe(
      `AppError: The proxy socks5://${asking} does not let requests through to https://api.example (Received invalid Socks5 initial handshake (no accepted authentication type)): check the user and password in proxy-url in the kubeconfig, and that it may reach that address.`,
    );
  });
});
