import { expect, test } from "vitest";
import { readLabelQuery } from "./label-query";
import { matchesSelector } from "./label-selector";

test.each([
  ["", true],
  ["app=web", true],
  ["app==web , tier=inner", true],
  ["app=shop", false],
  ["app!=shop", true],
  ["tier != inner", false],
  ["app in (shop, web)", true],
  ["app in (shop,bank),tier=inner", false],
  ["example.com/zone notin (a)", true],
  ["app notin (web)", false],
  ["app", true],
  ["zone", false],
  ["!zone,app", true],
  ["!app", false],
])("%s asks for labels", (query, takes) => {
  expect(matchesSelector(readLabelQuery(query), { app: "web", tier: "inner" })).toBe(takes);
});

test.each(["app=$(APP)", "app in (web", "app web", "app=web,", "=web"])("%s cannot be read", (query) => {
  expect(readLabelQuery(query)).toBeNull();
});
