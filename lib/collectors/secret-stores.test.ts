import { expect, it } from "vitest";
import { secretStoresCollector } from "./secret-stores";

it("keeps of an object that it is there and whether it works, and nothing that it holds", () => {
  const kept = secretStoresCollector.project?.({
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: "db", namespace: "shop" },
    spec: { data: [{ secretKey: "password", remoteRef: { key: "prod/db" } }] },
    status: {
      conditions: [{ type: "Ready", status: "False", reason: "SecretSyncedError", message: "prod/db: access denied" }],
      refreshTime: "2026-11-25T00:00:00Z",
    },
  });
  expect(kept).toEqual({
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: "db", namespace: "shop" },
    status: { conditions: [{ type: "Ready", status: "False" }] },
  });
});
