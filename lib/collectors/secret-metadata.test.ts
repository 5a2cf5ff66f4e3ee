import { expect, it } from "vitest";
import { collectFrom } from "./testing-collect";

const SOURCES = ["secret-metadata"] as const;
const secret = (name: string, type: string, metadata: object = {}) => ({
  apiVersion: "v1",
  kind: "Secret",
  type,
  metadata: { name, namespace: "shop", creationTimestamp: "2026-01-01T00:00:00Z", ...metadata },
  data: { password: "aHVudGVyMg==" },
});
const WORLD = [
  secret("db", "Opaque", { annotations: { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"password":"aHVudGVyMg=="}}' } }),
  secret("cert", "kubernetes.io/tls"),
  secret("robot", "kubernetes.io/service-account-token", {
    annotations: { "kubernetes.io/service-account.name": "robot" },
    labels: { "kubernetes.io/legacy-token-last-used": "2026-11-01" },
  }),
  secret("release", "helm.sh/release.v1"),
];

it("learns name, type, labels and age of each Secret, and nothing of what it holds", async () => {
  const { objects, missing, coverageOf, requests } = await collectFrom({ source: WORLD }, SOURCES);
  expect(objects.get("Secret/db")).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    type: "Opaque",
    metadata: { name: "db", namespace: "shop", creationTimestamp: "2026-01-01T00:00:00Z" },
  });
  expect(objects.get("Secret/robot")).toMatchObject({
    type: "kubernetes.io/service-account-token",
    metadata: { annotations: { "kubernetes.io/service-account.name": "robot" }, labels: { "kubernetes.io/legacy-token-last-used": "2026-11-01" } },
  });
  expect(objects.get("Secret/release")).toMatchObject({ type: "another type" });
  expect(JSON.stringify([...objects])).not.toContain("aHVudGVyMg");
  expect(coverageOf("Secret")).toMatchObject({ status: "read", objects: 4 });
  expect(missing.has("Secret")).toBe(false);
  expect(requests.filter((line) => line.includes("/secrets") && !line.includes("fieldSelector=type"))).toEqual([]);
});

it("takes nothing from a server that writes whole Secrets although their metadata was asked for", async () => {
  const { objects, missing, coverageOf } = await collectFrom({ source: WORLD, isDeafToAccept: true }, SOURCES);
  expect([...objects.keys()].filter((key) => key.startsWith("Secret/"))).toEqual([]);
  expect(coverageOf("Secret")).toMatchObject({ status: "failed", objects: 0 });
  expect(missing.get("Secret")).toContain("where a PartialObjectMetadataList was asked for");
});

it("is a gap that names its grant when it is refused", async () => {
  const { missing, coverageOf } = await collectFrom({ source: WORLD, denied: ["secrets"] }, SOURCES);
  expect(coverageOf("Secret")).toMatchObject({ status: "forbidden", action: expect.stringContaining("deploy/opt-in-secret-metadata.yaml") });
  expect(missing.has("Secret")).toBe(true);
});

it("counts nothing where one of its lists breaks off: what came of the others is not judged", async () => {
  const fault = { kind: "status", status: 500, page: 0, times: 4 } as const;
  const { missing, coverageOf } = await collectFrom({ source: WORLD, faults: { secrets: [{ kind: "slow", delayMs: 0, times: 2 }, fault] } }, SOURCES);
  expect(coverageOf("Secret")).toMatchObject({ status: "failed", objects: 0 });
  expect(missing.has("Secret")).toBe(true);
});

it("is not read unless somebody asked for it", async () => {
  const { requests, missing } = await collectFrom({ source: WORLD }, []);
  expect(requests.filter((line) => line.includes("secrets"))).toEqual([]);
  expect(missing.get("Secret")).toContain("not listed unless somebody asks for it");
});
