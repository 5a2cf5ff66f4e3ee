import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as listen } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { runCredentialPlugin } from "./credential-plugin";
import { getServerVersion } from "./get-server-version";
import { openConnection } from "./open-connection";

const folder = mkdtempSync(join(tmpdir(), "sign-in-"));
afterAll(() => rmSync(folder, { recursive: true }));
const closing: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

/** A server that takes everybody, and what it was told of whom. */
async function serve(statuses: readonly number[] = [], message?: string) {
  const asked: Readonly<Record<string, readonly string[]>>[] = [];
  const server = createServer((incoming, response) => {
    asked.push(Object.fromEntries(Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values ?? []])));
    response.statusCode = statuses[asked.length - 1] ?? 200;
    response.end(JSON.stringify({ gitVersion: "v1.36.0", message }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }; // safe: it listens on a port
}

function open(server: string, user: object, attempts = 2, more: object = {}) {
  const kubeconfig = join(folder, `config-${Math.random()}`);
  const context = { name: "here", context: { cluster: "c", user: "u" } };
  const clusters = [{ name: "c", cluster: { server, ...more } }];
  writeFileSync(kubeconfig, JSON.stringify({ clusters, users: [{ name: "u", user }], contexts: [context], "current-context": "here" }));
  const connection = openConnection({ source: "kubeconfig", kubeconfig, context: null }, { timeoutMs: 60_000, attempts });
  closing.push(() => connection.close());
  return connection;
}

/** The sentence that people read of a plugin that does what a line of JavaScript says. */
async function askPlugin(script: string, timeoutMs = 60_000): Promise<string> {
  const exec = { command: process.execPath, args: ["-e", script] };
  return runCredentialPlugin(exec, { server: "https://a.example" }, new AbortController().signal, timeoutMs).then(
    ({ token }) => token ?? "none",
    (error: Error) => error.message,
  );
}

describe("a user of a kubeconfig", () => {
  it("signs in with the token of a file beside it, whatever token is written in it, and with a newer one when that is refused", async () => {
    const { url, asked } = await serve([200, 401]);
    writeFileSync(join(folder, "token"), "first\n");
    const connection = open(url, { tokenFile: "token", token: "written" });
    await getServerVersion(connection);
    writeFileSync(join(folder, "token"), "second\n");
    await getServerVersion(connection);
    expect(asked.map(({ authorization }) => authorization)).toEqual([["Bearer first"], ["Bearer first"], ["Bearer second"]]);
  });

  it("is not told to sign in again where the API server knows it, and what stands behind refuses the API server", async () => {
    const { url } = await serve([200, 401, 401, 200, 401, 401, 401]);
    const connection = open(url, { token: "good" });
    await getServerVersion(connection);
    const path = "/apis/projectcalico.org/v3/globalnetworkpolicies";
    const reason = `What serves ${path} behind the API server does not accept the API server's own requests (401).`;
    expect(await connection.get(`${path}?limit=500`)).toMatchObject({ ok: false, fault: { status: "failed", reason } });
    await expect(connection.get(path)).rejects.toThrow(/does not accept the credentials of the kubeconfig/);
  });

  it("is told what the API server says without the credentials in it", async () => {
    const { url } = await serve([403], 'Get "https://ada:hidden9x7aQ2@registry.example/v2": refused');
    const answer = await open(url, { token: "t" }).get("/apis/images.example/v1/images");
    expect(answer).toMatchObject({ fault: { reason: expect.stringContaining("https://ada:«redacted: url-credentials, 12 characters»@registry.example/v2") } });
  });

  it("is another one with its groups, its uid and what else belongs to it", async () => {
    const { url, asked } = await serve();
    await getServerVersion(
      open(url, { token: "t", as: "jane", "as-groups": ["ops", "dev"], "as-uid": "7", "as-user-extra": { "example.com/scope": ["a", "b"] } }),
    );
    expect(asked[0]).toMatchObject({
      "impersonate-user": ["jane"],
      "impersonate-group": ["ops", "dev"],
      "impersonate-uid": ["7"],
      "impersonate-extra-example.com%2fscope": ["a", "b"],
    });
  });

  it("is told that a token cannot be sent", async () => {
    const { url } = await serve();
    await expect(getServerVersion(open(url, { token: "a\u2026b" }))).rejects.toThrow(
      /^The credentials of context here of .* cannot be sent: write them anew\.$/,
    );
  });

  it("is told that somebody else answers, who leads to a page to sign in", async () => {
    const { url, asked } = await serve([302]);
    await expect(getServerVersion(open(url, { token: "t" }))).rejects.toThrow(
      "The answer to /version leads elsewhere (status 302), which no API server does: a sign-in page or another web server answers there. Correct the address in the kubeconfig, or sign in to what stands before the cluster.",
    );
    expect(asked).toHaveLength(1);
  });

  it("is told that a provider which Kubernetes no longer has gives no token", async () => {
    const { url } = await serve();
    await expect(getServerVersion(open(url, { "auth-provider": { name: "gcp" } }))).rejects.toThrow(
      /^The auth-provider "gcp" of the kubeconfig gives no valid token/,
    );
  });

  it.each(["gcp", "azure"])("runs no command of a provider of old (%s), as kubectl does not, and takes a token that has not expired", async (name) => {
    const made = join(folder, `made-by-${name}`);
    const config = { "cmd-path": process.execPath, "cmd-args": `-e "fs.writeFileSync('${made}', '')"`, "token-key": "{.t}", "expiry-key": "{.e}" };
    const { url, asked } = await serve();
    await expect(getServerVersion(open(url, { "auth-provider": { name, config } }))).rejects.toThrow(/gives no valid token: sign in again/);
    expect(existsSync(made)).toBe(false);
    await getServerVersion(open(url, { "auth-provider": { name, config: { ...config, "access-token": "t", expiry: "2099-01-01T00:00:00Z" } } }));
    expect(asked.map(({ authorization }) => authorization)).toEqual([["Bearer t"]]);
  });

  it("is not asked for as nobody where a provider has no token, a token has expired, or its file is empty", async () => {
    const expired = `${btoa("{}")}.${btoa('{"exp":1}')}.x`;
    const { url, asked } = await serve();
    const providers = [
      { name: "oidc" },
      { name: "oidc", config: { "client-id": "c" } },
      { name: "oidc", config: { "id-token": expired } },
      { name: "openstack" },
    ];
    for (const provider of providers)
      await expect(getServerVersion(open(url, { "auth-provider": provider }))).rejects.toMatchObject({
        code: "bad-request",
        message: `The auth-provider "${provider.name}" of the kubeconfig gives no valid token: sign in again, or use the credential plugin (exec) that came in its place.`,
      });
    writeFileSync(join(folder, "empty"), "\n");
    await expect(getServerVersion(open(url, { tokenFile: "empty" }))).rejects.toThrow(/the token file .*empty is empty\): sign in to the cluster again/);
    expect(asked).toEqual([]);
    await getServerVersion(open(url, { "auth-provider": { name: "oidc" }, token: "t" }));
    expect(asked).toHaveLength(1);
  });
});

describe("a credential plugin", () => {
  it("is told for which cluster it is asked, and that nobody sits at a terminal", async () => {
    const token = await askPlugin("console.log(JSON.stringify({ status: { token: process.env.KUBERNETES_EXEC_INFO } }))");
    expect(JSON.parse(token)).toEqual({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", spec: { interactive: false } });
  });

  it("that asks for it is told of the cluster, its authority out of the file as well", async () => {
    writeFileSync(join(folder, "ca.pem"), "PEM");
    const { url, asked } = await serve();
    const script = "console.log(JSON.stringify({ status: { token: Buffer.from(process.env.KUBERNETES_EXEC_INFO).toString('base64') } }))";
    const exec = { command: process.execPath, args: ["-e", script], provideClusterInfo: true };
    const config = { apiVersion: "login.example/v1", project: { name: "shop" } };
    const extensions = [
      { name: "cluster_info", extension: { provider: "x" } },
      { name: "client.authentication.k8s.io/exec", extension: config },
    ];
    await getServerVersion(open(url, { exec }, 2, { "certificate-authority": "ca.pem", extensions }));
    await getServerVersion(open(url, { exec }));
    const told = asked.map(({ authorization: [token = ""] = [] }) => JSON.parse(atob(token.slice("Bearer ".length))).spec.cluster);
    expect(told).toMatchObject([{ server: url, "certificate-authority-data": btoa("PEM"), config }, { server: url }]);
    expect(told[1]).not.toHaveProperty("config");
  });

  it.each([
    ["+ curl -H 'Authorization: Bearer hidden9x7aQ2' https://idp.example", "«redacted: named-literal, 12 characters»"],
    ["POST https://ada:hidden9x7aQ2@idp.example/token: 401", "POST https://ada:«redacted: url-credentials, 12 characters»@idp.example/token: 401"],
    ["session expired for ada@example.com: run login", "session expired for ada@example.com: run login"],
  ])("that says %s shows no credential", async (line, shown) => {
    const exec = { command: process.execPath, args: ["-e", `console.error(${JSON.stringify(line)}); process.exit(1)`] };
    const { url } = await serve();
    await expect(getServerVersion(open(url, { exec }))).rejects.toThrow(`The credential plugin "${process.execPath}" failed (${shown}): run it by hand`);
  });

  it.each([
    ["", "it prints nothing"],
    ["console.log('Sign in at https://...')", "what it prints is not JSON"],
    ["console.log('{}')", "it gives neither a token nor a client certificate"],
    ["console.log('null')", "it gives neither a token nor a client certificate"],
    ["console.log(JSON.stringify({ status: { clientCertificateData: 'CERT' } }))", "it gives neither a token nor a client certificate"],
    ["console.log('x'.repeat(2 ** 21))", "it prints more than 1 MiB"],
    ["process.exit(3)", "it ended with code 3"],
    ["process.kill(process.pid, 'SIGKILL')", "it was ended by SIGKILL"],
    ["process.stdin.on('end', () => console.log('nobody types')).resume()", "what it prints is not JSON"],
  ])("that does this says what is wrong: %s", async (script, message) => {
    expect(await askPlugin(script)).toBe(message);
  });

  it("that gives a certificate with its key needs no token", async () => {
    expect(await askPlugin("console.log(JSON.stringify({ status: { clientCertificateData: 'CERT', clientKeyData: 'KEY' } }))")).toBe("none");
  });

  it("that never ends is ended", async () => {
    expect(await askPlugin("setInterval(() => undefined, 1000)", 1000)).toBe("it has not ended within 1 seconds");
  });

  it("that is given up takes along what it started", async () => {
    const server = listen();
    closing.push(() => server.close());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // What the plugin starts lives as long as this connection.
    const child = `require("node:net").connect(${(server.address() as AddressInfo).port}, "127.0.0.1")`; // safe: it listens on a port
    const script = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" })`;
    const giveUp = new AbortController();
    const asking = runCredentialPlugin({ command: process.execPath, args: ["-e", script] }, { server: "https://a.example" }, giveUp.signal);
    const [socket] = await once(server, "connection");
    const ended = once(socket.resume(), "close");
    giveUp.abort(new Error("given up"));
    await expect(asking).rejects.toThrow("given up");
    await ended;
  });

  it("keeps neither who cancels nor who closes", async () => {
    const { url } = await serve();
    const connection = open(url, {
      exec: { apiVersion: "client.authentication.k8s.io/v1", command: process.execPath, args: ["-e", "setInterval(() => undefined, 1000)"] },
    });
    const cancel = new AbortController();
    const asking = getServerVersion(connection, cancel.signal);
    cancel.abort(new AppError("conflict", "cancelled"));
    await expect(asking).rejects.toThrow("cancelled");
    await connection.close();
  });

  it("is run once more, not once for each, where requests side by side are refused", async () => {
    const { url, asked } = await serve([200, 401, 401, 401, 401]);
    const runs = join(folder, "runs");
    writeFileSync(runs, "");
    const script = `const fs = require("fs"); fs.appendFileSync(${JSON.stringify(runs)}, "x"); console.log(JSON.stringify({ status: { token: fs.readFileSync(${JSON.stringify(runs)}, "utf8") } }))`;
    const connection = open(url, { exec: { command: process.execPath, args: ["-e", script] } });
    await getServerVersion(connection);
    await Promise.all([0, 1, 2, 3].map(() => getServerVersion(connection)));
    expect(asked.map(({ authorization }) => authorization?.[0])).toEqual(["x", "x", "x", "x", "x", "xx", "xx", "xx", "xx"].map((token) => `Bearer ${token}`));
  });

  it("is asked anew after a minute without breaking what has just begun", async () => {
    const { url, asked } = await serve();
    const connection = open(url, { exec: { command: process.execPath, args: ["-e", "console.log(JSON.stringify({ status: { token: 't' } }))"] } }, 1);
    const signal = new AbortController().signal;
    await getServerVersion(connection, signal);
    const now = performance.now.bind(performance);
    const first = getServerVersion(connection, signal);
    vi.spyOn(performance, "now").mockImplementation(() => now() + 61_000);
    closing.push(() => vi.restoreAllMocks());
    await Promise.all([first, getServerVersion(connection, signal)]);
    expect(asked).toHaveLength(3);
  });

  it("is run again when what it gave has expired", async () => {
    const { url, asked } = await serve();
    const times = join(folder, "times");
    writeFileSync(times, "");
    const script = `const fs = require("fs"); fs.appendFileSync(${JSON.stringify(times)}, "x"); console.log(JSON.stringify({ status: { token: fs.readFileSync(${JSON.stringify(times)}, "utf8"), expirationTimestamp: "2020-01-01T00:00:00Z" } }))`;
    const connection = open(url, { exec: { command: process.execPath, args: ["-e", script] } });
    const now = performance.now.bind(performance);
    await getServerVersion(connection);
    vi.spyOn(performance, "now").mockImplementation(() => now() + 61_000);
    closing.push(() => vi.restoreAllMocks());
    await getServerVersion(connection);
    expect(asked.map(({ authorization }) => authorization)).toEqual([["Bearer x"], ["Bearer xx"]]);
  });
});

describe("a proxy of the environment", () => {
  it("is on the way to a cluster, and said to be wrong where it is set", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
    await expect(getServerVersion(open("https://cluster.example:6443", { token: "t" }))).rejects.toThrow(
      "The proxy http://127.0.0.1:1 on the way to https://cluster.example:6443 cannot be reached (ECONNREFUSED): start it or correct HTTPS_PROXY.",
    );
    vi.stubEnv("HTTPS_PROXY", "ftp://127.0.0.1:1");
    expect(() => open("https://cluster.example:6443", { token: "t" })).toThrow(/^The proxy that HTTPS_PROXY names cannot be used: it must look like/);
  });
});
