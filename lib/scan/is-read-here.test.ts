import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { isReadHere } from "./is-read-here";
import { setLocalClusterId, setLocalClusterState } from "./local-cluster-state";

const folder = mkdtempSync(path.join(tmpdir(), "concentric-here-"));
afterAll(() => rmSync(folder, { recursive: true }));
const kubeconfig = path.join(folder, "config");
const contexts = ["prod", "default"].map((name) => ({ name, context: { cluster: name, user: "u" } }));
const clusters = [
  { name: "prod", cluster: { server: "https://prod:6443" } },
  { name: "default", cluster: { server: "https://127.0.0.1:6443" } },
];
writeFileSync(kubeconfig, JSON.stringify({ clusters, users: [{ name: "u", user: {} }], contexts, "current-context": "default" }));

const LOCAL = 7;
afterEach(() => {
  setLocalClusterId(0);
  setLocalClusterState({ context: null, server: null, problem: null });
});

const pod = { id: 1, source: "in-cluster", context: null, server: "https://10.96.0.1:443" } as const;
const prod = { id: 2, source: "kubeconfig", context: "prod", server: "https://prod:6443" } as const;
const ask = (cluster: Parameters<typeof isReadHere>[0], kind: "pglite" | "postgresql" = "postgresql") => isReadHere(cluster, { kind }, { kubeconfig });

it("counts the cluster of its own pod alone: pods of all clusters have one address", () => {
  expect(ask(pod)).toBe(false);
  setLocalClusterId(pod.id);
  expect([ask(pod), ask({ ...pod, id: LOCAL })]).toEqual([true, false]);
});

it("counts what the kubeconfig leads to, by its context and its address", () => {
  expect([ask(prod), ask({ ...prod, server: "https://other:6443" }), ask({ ...prod, context: "elsewhere" })]).toEqual([true, false, false]);
});

it("counts of two clusters of one context and address, as on two machines that each run one, that which it found", () => {
  const here = { id: LOCAL, source: "kubeconfig", context: "default", server: "https://127.0.0.1:6443" } as const;
  setLocalClusterId(LOCAL);
  setLocalClusterState({ context: here.context, server: here.server, problem: null });
  expect([ask(here), ask({ ...here, id: 8 })]).toEqual([true, false]);
});

it("counts every cluster of a database that no other server has, and the demo", () => {
  expect([ask(pod, "pglite"), ask({ ...prod, context: "elsewhere" }, "pglite"), ask({ ...pod, source: "demo" })]).toEqual([true, true, true]);
});
