import { expect, it } from "vitest";
import { exportHref } from "./export-href";

it("asks for the moment of the page, named or not", () => {
  expect(exportHref("/c/prod/findings", "", { at: 9, since: null }, "csv")).toBe("/api/v1/clusters/prod/findings/export?format=csv&at=9");
  expect(exportHref("/c/prod/findings", "severity=high&at=9&since=2", { at: 9, since: 2 }, "json")).toBe(
    "/api/v1/clusters/prod/findings/export?severity=high&at=9&since=2&format=json",
  );
  expect(exportHref("/c/prod/findings", "tab=opened", { at: 9, since: 4 }, "csv")).toBe(
    "/api/v1/clusters/prod/findings/export?tab=opened&format=csv&at=9&since=4",
  );
});
