import { expect, it } from "vitest";
import { listOf, toggleValue, withParam } from "./list-param";

it("switches one value of a list, keeps the rest of the address and starts paging anew", () => {
  expect(toggleValue("severity=critical&at=5&cursor=x", "severity", "high")).toBe("?severity=critical,high&at=5");
  expect(toggleValue("severity=critical,high", "severity", "critical")).toBe("?severity=high");
  expect(toggleValue("severity=high", "severity", "high")).toBe("");
});

it("an empty value removes the parameter", () => {
  expect(withParam("q=a&at=5", "q", "")).toBe("?at=5");
  expect(listOf("?severity=,critical,", "severity")).toEqual(["critical"]);
});

it("leaves out a list that is what holds without it, and starts from that when a value is added", () => {
  expect(toggleValue("", "state", "manual", ["open"])).toBe("?state=open,manual");
  expect(toggleValue("state=open,manual", "state", "manual", ["open"])).toBe("");
});
