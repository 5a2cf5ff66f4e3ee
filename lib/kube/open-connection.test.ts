import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startFaultServer } from "../../e2e/api-server/start";
import type { ClusterTarget } from "./cluster-target";
import { getServerVersion } from "./get-server-version";
import type { KubeConnection } from "./kube-connection";
import { openConnection } from "./open-connection";

const folder = mkdtempSync(join(tmpdir(), "kube-"));
afterAll(() => rmSync(folder, { recursive: true }));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function open(target: ClusterTarget): KubeConnection {
  const connection = openConnection(target, { timeoutMs: 60_000, attempts: 3 });
  closing.push(() => connection.close());
  return connection;
}

async function serve(token?: string): Promise<string> {
  const server = await startFaultServer({ source: [], ...(token === undefined ? {} : { token }) });
  closing.push(() => server.stop());
  return server.url;
}

function kubeconfig(server: string, user: unknown): ClusterTarget {
  const path = join(folder, `config-${Math.random()}`);
  const context = { name: "here", context: { cluster: "c", user: "u" } };
  const body = { clusters: [{ name: "c", cluster: { server } }], users: [{ name: "u", user }], contexts: [context], "current-context": "here" };
  writeFileSync(path, JSON.stringify(body));
  return { source: "kubeconfig", kubeconfig: path, context: null };
}

const version = (target: ClusterTarget) => getServerVersion(open(target));

describe("a connection", () => {
  it("learns the version of the cluster with the token of the kubeconfig", async () => {
    await expect(version(kubeconfig(await serve("secret"), { token: "secret" }))).resolves.toMatchObject({ major: 1, text: expect.stringMatching(/^v1\./) });
  });

  it("runs the credential plugin once for several requests", async () => {
    const log = join(folder, "calls");
    const script = `require("fs").appendFileSync(${JSON.stringify(log)}, "x"); console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token: "secret" } }))`;
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: process.execPath, args: ["-e", script], interactiveMode: "Never" };
    const connection = open(kubeconfig(await serve("secret"), { exec }));
    for (let i = 0; i < 3; i += 1) await getServerVersion(connection);
    const { readFileSync } = await import("node:fs");
    expect(readFileSync(log, "utf8")).toBe("x");
    expect(connection.meter.counts()).toMatchObject({ requests: 3, retries: 0 });
  });

  it("reads a renewed token after a 401", async () => {
    const server = await serve("new");
    const target = kubeconfig(server, { token: "old" });
    const connection = open(target);
    if (target.source !== "kubeconfig" || target.kubeconfig === null) throw new Error("unreachable");
    const { readFileSync } = await import("node:fs");
    writeFileSync(target.kubeconfig, readFileSync(target.kubeconfig, "utf8").replace("old", "new"));
    await expect(getServerVersion(connection)).resolves.toMatchObject({ major: 1 });
  });

  it("shows the token of another server to none: the context may lead elsewhere when the kubeconfig is read anew", async () => {
    const shown: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      shown.push(request.headers.authorization);
      response.writeHead(401).end("{}");
    });
    const { port } = await new Promise<AddressInfo>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address() as AddressInfo)));
    closing.push(() => new Promise((resolve) => void server.close(() => resolve())));
    const target = kubeconfig(`http://127.0.0.1:${port}`, { token: "own" });
    const connection = open(target);
    const elsewhere = kubeconfig("http://127.0.0.1:1", { token: "of-another" });
    if (target.source !== "kubeconfig" || target.kubeconfig === null) throw new Error("unreachable");
    if (elsewhere.source !== "kubeconfig" || elsewhere.kubeconfig === null) throw new Error("unreachable");
    copyFileSync(elsewhere.kubeconfig, target.kubeconfig);
    await expect(getServerVersion(connection)).rejects.toThrow(
      `context here of ${target.kubeconfig} led to http://127.0.0.1:${port} and now leads to http://127.0.0.1:1.`,
    );
    await expect(getServerVersion(connection)).rejects.toThrow("now leads to");
    expect(new Set(shown)).toEqual(new Set(["Bearer own"]));
  });

  it("says what to do about a token that is refused", async () => {
    await expect(version(kubeconfig(await serve("secret"), { token: "wrong" }))).rejects.toThrow(/does not accept the credentials .*\(401\): sign in again/);
  });

  it("says which credential plugin is missing", async () => {
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "no-such-plugin", interactiveMode: "Never" };
    await expect(version(kubeconfig(await serve(), { exec }))).rejects.toThrow(/plugin "no-such-plugin" .* is not installed: install it/);
  });

  it("repeats the first line of a credential plugin that fails", async () => {
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args: ["-e", "console.error('session expired'); process.exit(1)"],
      interactiveMode: "Never",
    };
    await expect(version(kubeconfig(await serve(), { exec }))).rejects.toThrow(/failed \(session expired\): run it by hand/);
  });

  it("says which file of the kubeconfig is missing", async () => {
    await expect(version(kubeconfig(await serve(), { "client-certificate": "gone.crt", "client-key": "gone.key" }))).rejects.toThrow(
      /gone\.crt that the kubeconfig names cannot be read/,
    );
  });

  it("says that nothing listens, at once", async () => {
    const probe = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => probe.once("listening", resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const connection = open({ source: "url", server: `http://127.0.0.1:${port}` });
    await expect(getServerVersion(connection)).rejects.toThrow(/connection refused\): start the cluster/);
    expect(connection.meter.counts().requests).toBe(1);
  });

  it("gives a server that answered before a few more tries, and then says what is wrong with all of it", async () => {
    const server = await startFaultServer({ source: [] });
    const connection = open({ source: "url", server: server.url });
    await getServerVersion(connection);
    await server.stop();
    await expect(connection.get("/version", {})).rejects.toThrow(/connection refused\): start the cluster/);
    expect(connection.meter.counts()).toMatchObject({ requests: 4, retries: 2 });
  });

  it("waits for a server that puts it off as often as it may try, but not beyond the time that it is given", async () => {
    const refusal = (seconds: number) => ({ kind: "status", status: 429, retryAfterSeconds: seconds }) as const;
    const server = await startFaultServer({ source: [], faults: { "/soon": [refusal(0)], "/late": [refusal(30)] } });
    closing.push(() => server.stop());
    const connection = open({ source: "url", server: server.url });
    const limits = { timeoutMs: 60_000, attempts: 3, againWithinMs: 20_000 };
    for (const path of ["/soon", "/late"]) expect(await connection.get(path, { limits })).toMatchObject({ ok: false, fault: { httpStatus: 429 } });
    expect(server.requests).toEqual(["GET /soon", "GET /soon", "GET /soon", "GET /late"]);
  });

  it("tells a web server from an API server", async () => {
    const web = createServer((_request, response) => response.end("<html></html>")).listen(0, "127.0.0.1");
    await new Promise((resolve) => web.once("listening", resolve));
    closing.push(() => new Promise((resolve) => web.close(() => resolve())));
    const { port } = web.address() as AddressInfo;
    await expect(version({ source: "url", server: `http://127.0.0.1:${port}` })).rejects.toThrow(/is not a Kubernetes API server/);
    await expect(version({ source: "url", server: `https://127.0.0.1:${port}` })).rejects.toThrow(/does not speak TLS/);
  });
});
