import { expect, it } from "vitest";
import { keepMoment, moveMoment, parseMoment, withMoment } from "./posture-search";

it("reads whole snapshot numbers and takes anything else for the default", () => {
  expect(parseMoment(new URLSearchParams("at=1159&since=12"))).toEqual({ at: 1159, since: 12 });
  expect(parseMoment(new URLSearchParams("at=-1&since=x"))).toEqual({ at: null, since: null });
});

it("links inside the cluster keep the moment, with their own query and anchor", () => {
  expect(keepMoment("/c/a/findings?severity=high#top", "/c/a", "at=5&since=2&q=x")).toBe("/c/a/findings?severity=high&at=5&since=2#top");
  expect(keepMoment("/c/a/findings?at=9", "/c/a", "at=5")).toBe("/c/a/findings?at=9");
});

it("links to another cluster or out of any drop it", () => {
  expect(keepMoment("/c/b", "/c/a", "at=5")).toBe("/c/b");
  expect(keepMoment("/settings", "/c/a", "at=5")).toBe("/settings");
  expect(keepMoment("https://example.test/c/a", "/c/a", "at=5")).toBe("https://example.test/c/a");
});

it("moves one handle and leaves the other and the filter alone", () => {
  expect(withMoment("/c/a", "q=x&since=2", { at: 7 })).toBe("/c/a?q=x&since=2&at=7");
  expect(withMoment("/c/a", "at=7&since=2", { at: null })).toBe("/c/a?since=2");
});

it("begins at the first page at a moment that is chosen, and stays on a page whose link is copied", () => {
  expect(moveMoment("/c/a/resources", "q=x&cursor=5-1-00000000", { at: 7 })).toBe("/c/a/resources?q=x&at=7");
  expect(moveMoment("/c/a/resources", "q=x&cursor=5-1-00000000", { since: null })).toBe("/c/a/resources?q=x");
  expect(moveMoment("/c/a/pod-security", "show=blocked&after=shop", { at: 7 })).toBe("/c/a/pod-security?show=blocked&at=7");
  expect(moveMoment("/c/a/pod-security/shop", "baseline=2s&restricted=pn", { at: 7 })).toBe("/c/a/pod-security/shop?at=7");
  expect(withMoment("/c/a/resources", "cursor=5-1-00000000", { at: 5 })).toBe("/c/a/resources?cursor=5-1-00000000&at=5");
});

it("leaves a baseline behind that is not earlier than the moment that is gone to", () => {
  expect(withMoment("/c/a", "at=91&since=84&q=x", { at: 40 })).toBe("/c/a?at=40&q=x");
  expect(withMoment("/c/a", "since=84", { at: 84 })).toBe("/c/a?at=84");
  expect(withMoment("/c/a", "since=84", { at: 85 })).toBe("/c/a?since=84&at=85");
  expect(keepMoment("/c/a/sources?at=9", "/c/a", "at=91&since=84")).toBe("/c/a/sources?at=9");
  expect(keepMoment("/c/a/sources?at=90", "/c/a", "at=91&since=84")).toBe("/c/a/sources?at=90&since=84");
});
