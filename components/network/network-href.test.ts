import { expect, it } from "vitest";
import { networkHref, workloadText } from "./network-href";

it("writes one short address for each question, without what is empty or holds anyway", () => {
  expect(networkHref("/c/a")).toBe("/c/a/network");
  expect(networkHref("/c/a", { from: "~", to: "shop" })).toBe("/c/a/network?from=~&to=shop");
  expect(networkHref("/c/a", { by: "workload", workload: workloadText({ namespace: "shop", kind: "Deployment", name: "db" }) })).toBe(
    "/c/a/network?by=workload&workload=shop/Deployment/db",
  );
  expect(networkHref("/c/a", { by: "policy", namespace: "shop", workload: " ", callers: "cluster" })).toBe("/c/a/network?by=policy&namespace=shop");
  expect(networkHref("/c/a", { by: "policy", callers: "named" })).toBe("/c/a/network?by=policy&callers=named");
  expect(networkHref("/c/a", { by: "matrix", from: "shop", to: "~" })).toBe("/c/a/network?from=shop&to=~");
});
