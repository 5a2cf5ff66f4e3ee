import { expect, test } from "vitest";
import { isMovingTag, isReleaseLine } from "./moving-tag";

test.each([
  "latest",
  "Stable",
  "alpine",
  "alpine3.20",
  "bookworm-slim",
  "stable-alpine",
  "jammy",
  "ltsc2022",
  "nonroot",
  "ubi9-minimal",
  "1.2-SNAPSHOT",
  "2.4.0-snapshot",
])("%s moves", (tag) => {
  expect(isMovingTag(tag)).toBe(true);
  expect(isReleaseLine(tag)).toBe(false);
});

test.each(["1", "v2", "1.27", "22.04", "1.29-alpine", "3.12-slim-bookworm", "21-jre-alpine"])("%s is a line of releases", (tag) => {
  expect(isReleaseLine(tag)).toBe(true);
  expect(isMovingTag(tag)).toBe(false);
});

test.each(["1.27.3", "1.27.3-alpine", "20261125", "4711", "3f2c9ab", "main-3f2c9ab", "1.27-3f2c9ab", "2.0-rc1", "shop"])("%s stays", (tag) => {
  expect(isMovingTag(tag)).toBe(false);
  expect(isReleaseLine(tag)).toBe(false);
});
