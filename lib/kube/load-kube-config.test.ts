import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { loadKubeConfig } from "./load-kube-config";

const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, body);
  return path;
}

function config(name: string, current: string, context: string): string {
  const body = {
    clusters: [{ name: `${context}-cluster`, cluster: { server: `https://${context}.example:6443/` } }],
    users: [{ name: `${context}-user`, user: { token: "t" } }],
    contexts: [{ name: context, context: { cluster: `${context}-cluster`, user: `${context}-user` } }],
    "current-context": current,
  };
  return write(name, JSON.stringify(body));
}

const load = (kubeconfig: string, context: string | null = null) => loadKubeConfig({ source: "kubeconfig", kubeconfig, context });

describe("loadKubeConfig", () => {
  const one = config("one", "prod", "prod");
  const two = config("two", "test", "test");

  it("takes the current context and says which one it is", () => {
    expect(load(one)).toMatchObject({ context: "prod", server: "https://prod.example:6443", description: `context prod of ${one}` });
  });

  it("merges the files of KUBECONFIG as kubectl does: the first current context wins, every context can be named", () => {
    expect(load(`${one}:${two}`).context).toBe("prod");
    expect(load(`${one}:${two}`, "test").server).toBe("https://test.example:6443");
    expect(load(`${two}:${one}`).context).toBe("test");
    for (const nothing of ["\n", "---\r\n", "# of the next cluster\n"]) expect(load(`${write("nothing", nothing)}:${one}`).context).toBe("prod");
  });

  it.each([
    ["token: s3cret\n   oops: x", "5:4"],
    ["password: *s3cret", "4:16"],
    ["password: !s3cret", "4:15"],
    ["password: *s3cret99+x", "4:16"],
  ])("says what is wrong with a file without what stands in it, since errors are logged with their causes: %j", (field, place) => {
    const path = write("torn", `users:\n- name: u\n  user:\n    ${field}\n`);
    const told = (() => {
      try {
        return load(path);
      } catch (error) {
        return error;
      }
    })();
    expect(inspect(told, { depth: 9 })).toMatch(new RegExp(`is not a valid kubeconfig \\([^)]+ \\(${place}\\)\\)`));
    expect(inspect(told, { depth: 9 })).not.toContain("s3cret");
  });

  it("shows no password of an address that lacks its scheme", () => {
    const path = write(
      "bare",
      "{clusters: [{name: c, cluster: {server: 'ada:s3cret@host:6443'}}], contexts: [{name: ada@c, context: {cluster: c}}], current-context: ada@c}",
    );
    expect(() => load(path)).toThrow(`The address "host:6443" of context ada@c of ${path} is not a URL`);
  });

  it("takes what is written in it before the files that it names", () => {
    const cluster = "{server: 'https://b', certificate-authority: gone, certificate-authority-data: Yg==}";
    const user = "{client-certificate: gone, client-certificate-data: Yg==, client-key: gone, client-key-data: Yg==}";
    const path = write(
      "both",
      `current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\nclusters: [{name: b, cluster: ${cluster}}]\nusers: [{name: c, user: ${user}}]`,
    );
    const { config } = load(path);
    expect([config.getCurrentCluster()?.caFile, config.getCurrentUser()?.certFile, config.getCurrentUser()?.keyFile]).toEqual(["", "", ""]);
  });

  it.each([
    ["clusters: [{name: b, cluster: {server: 'https://b', certificate-authority-data: 7}}]", "clusters[0].cluster.certificate-authority-data must be a text"],
    [
      "clusters: [{name: b, cluster: {server: 'https://b', insecure-skip-tls-verify: 'yes'}}]",
      "clusters[0].cluster.insecure-skip-tls-verify must be true or false",
    ],
    ["clusters: [{name: b, cluster: {server: 6443}}]", "clusters[0].cluster.server must be a text"],
    ["clusters: [{name: b, cluster: [x]}]", "clusters[0].cluster must be an object"],
    ["clusters: [x]", "clusters[0] must be an object"],
    ["clusters: {name: b}", "clusters must be a list"],
    ["users: [{name: a}, {name: c, user: {token: 12345678}}]", "users[1].user.token must be a text"],
    ["users: [{name: c, user: {exec: aws}}]", "users[0].user.exec must be an object"],
    ["users: [{name: c, user: {exec: {command: aws, args: [1]}}}]", "users[0].user.exec.args must be a list of texts"],
    ["users: [{name: c, user: {auth-provider: oidc}}]", "users[0].user.auth-provider must be an object"],
    ["contexts: [{name: 7, context: {cluster: b, user: c}}]", "contexts[0].name must be a text"],
    ["contexts: [{name: a, context: {cluster: b, user: 7}}]", "contexts[0].context.user must be a text"],
    ["current-context: 7", "current-context must be a text"],
  ])("names the field that has another type than it must have, and not its value: %s", (body, fault) => {
    const path = write("types", body);
    expect(() => load(path)).toThrow(`The kubeconfig ${path} is not a valid kubeconfig (${fault}): correct it or set KUBECONFIG to another file.`);
    expect(fault).not.toContain("12345678");
  });

  it("takes what is left empty for what is not there", () => {
    const body =
      "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c, namespace: }}]\nclusters: [{name: b, cluster: {server: 'https://b', proxy-url: }}]\nusers: [{name: c, user: }]";
    expect(load(write("empties", body)).server).toBe("https://b");
  });

  it.each([
    ["a file that is not there", join(folder, "none"), null, /There is no kubeconfig at .*none: correct KUBECONFIG/],
    ["broken YAML", write("broken", "clusters: [\n  - {"), null, /is not a valid kubeconfig .*correct it/],
    ["an empty file", write("empty", ""), null, /no current context: run kubectl config use-context/],
    ["a text", write("text", "hello"), null, /no current context/],
    ["no current context", write("no-context", "{}"), null, /no current context: run kubectl config use-context/],
    ["a context that is there no more", one, "gone", /no context named "gone": if it was renamed, make it the current one .* start Concentric again\.$/],
    ["a current context that is not there", write("absent", "current-context: a"), null, /no context named "a": run kubectl config get-contexts/],
    [
      "a context without a cluster",
      write("dangling", "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]"),
      null,
      /names the cluster "b", which has no server/,
    ],
    [
      "a context whose user is not there",
      write("no-user", "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\nclusters: [{name: b, cluster: {server: 'https://b'}}]"),
      null,
      /^The context "a" of .*no-user names the user "c", which is not there: correct the kubeconfig\.$/,
    ],
    [
      "a client certificate without its key",
      write(
        "no-key",
        "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\nclusters: [{name: b, cluster: {server: 'https://b'}}]\nusers: [{name: c, user: {client-certificate-data: eA==}}]",
      ),
      null,
      /^The user "c" of .*no-key has a client certificate without its key: add client-key-data to the kubeconfig\.$/,
    ],
    [
      "an address without a scheme",
      write("host", "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\nclusters: [{name: b, cluster: {server: 'host:6443'}}]"),
      null,
      /^The address "host:6443" of .* is not a URL/,
    ],
    [
      "an address that is no URL",
      write("address", "current-context: a\ncontexts: [{name: a, context: {cluster: b, user: c}}]\nclusters: [{name: b, cluster: {server: ':::'}}]"),
      null,
      /is not a URL/,
    ],
    [
      "an address with a password, which it does not repeat",
      write(
        "user",
        "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\nclusters: [{name: b, cluster: {server: 'https://ada:tr0ub4dor@host:6443'}}]",
      ),
      null,
      /^The address of (?!.*tr0ub4dor).* names a user before its host: move user and password to the user of the context\.$/,
    ],
    [
      "an address with a password that is no URL",
      write(
        "nouser",
        "current-context: a\ncontexts: [{name: a, context: {cluster: b}}]\nclusters: [{name: b, cluster: {server: 'https://ada:tr0ub4dor@:::'}}]",
      ),
      null,
      /^The address "https:\/\/:::" of .* is not a URL/,
    ],
  ])("says in one sentence what is wrong with %s", (_what, path, context, sentence) => {
    expect(() => load(path, context)).toThrow(sentence);
  });
});
