import { describe, expect, it } from "vitest";
import { isRevisionHistory } from "./replica-sets";

const replicaSet = (replicas: number, running: number, kind = "Deployment", annotation = "") =>
  Buffer.from(
    JSON.stringify({
      metadata: { annotations: { last: annotation }, ownerReferences: [{ apiVersion: "apps/v1", kind, controller: true }] },
      spec: { replicas, selector: {}, template: {} },
      status: { observedGeneration: 1, replicas: running },
    }),
  );

describe("isRevisionHistory", () => {
  it("tells old revisions from running ones, from those that still end, and from those without a Deployment", () => {
    expect(isRevisionHistory(replicaSet(0, 0))).toBe(true);
    expect(isRevisionHistory(replicaSet(2, 2))).toBe(false);
    expect(isRevisionHistory(replicaSet(0, 10))).toBe(false);
    expect(isRevisionHistory(replicaSet(0, 0, "Rollout"))).toBe(false);
  });

  it("is not misled by JSON in an annotation", () => {
    expect(isRevisionHistory(replicaSet(2, 2, "Deployment", '{"spec":{"replicas":0,"a":1},"status":{"replicas":0}}'))).toBe(false);
  });
});
