import { expect, it } from "vitest";
import { releasesCollector } from "./releases";

it("keeps of an application what it was told, and not how it went", () => {
  const told = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata: { name: "app" }, spec: { project: "shop" } };
  expect(releasesCollector.project?.({ ...told, operation: { sync: {} }, status: { reconciledAt: "2026-11-25T00:00:00Z" } })).toEqual(told);
});
