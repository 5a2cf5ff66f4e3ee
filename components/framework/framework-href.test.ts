import { expect, it } from "vitest";
import { frameworkExportHref, frameworkHref } from "./framework-href";

it("keeps state and view of a framework in its address", () => {
  expect(frameworkHref("/c/prod", "cis", { state: null, view: null })).toBe("/c/prod/frameworks/cis");
  expect(frameworkHref("/c/prod", "mitre", { state: "not-assessed", view: "list" })).toBe("/c/prod/frameworks/mitre?view=list&state=not-assessed");
});

it("exports the moment and the filter of the page", () => {
  expect(frameworkExportHref("/c/prod", "cis", "fail", 9)).toBe("/api/v1/clusters/prod/frameworks/cis/export?at=9&state=fail&format=");
  expect(frameworkExportHref("/c/prod", "cis", null, null)).toBe("/api/v1/clusters/prod/frameworks/cis/export?format=");
});
