import { expect, it } from "vitest";
import { secretStoresCollector } from "./secret-stores";

it("keeps of an object that it is there, whether it works and what it makes, and not where it takes that from", () => {
  const kept = secretStoresCollector.project?.({
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: "db", namespace: "shop" },
    spec: { target: { template: { data: { user: "ada" } } }, data: [{ secretKey: "password", remoteRef: { key: "prod/db" } }] },
    status: {
      conditions: [{ type: "Ready", status: "False", reason: "SecretSyncedError", message: "prod/db: access denied" }],
      refreshTime: "2026-11-25T00:00:00Z",
    },
  });
  expect(kept).toEqual({
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: "db", namespace: "shop" },
    spec: { target: { template: { data: { user: "ada" } } } },
    status: { conditions: [{ type: "Ready", status: "False" }] },
  });
});

it.each([
  [
    "ClusterExternalSecret",
    { externalSecretSpec: { target: { name: "db" }, data: [] }, namespaces: ["shop"] },
    { externalSecretSpec: { target: { name: "db" } } },
  ],
  ["ClusterExternalSecret", { namespaces: ["shop"] }, undefined],
  ["VaultStaticSecret", { target: { name: "db" } }, undefined],
])("keeps of a %s what it makes alone: %j", (kind, spec, kept) => {
  expect(secretStoresCollector.project?.({ apiVersion: "v1", kind, spec })?.spec).toEqual(kept);
});
