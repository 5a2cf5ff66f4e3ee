import { expect, test } from "vitest";
import { limitRangeDefaults } from "./limit-range-defaults";
import { createTestContext } from "../testing-context";
import { limitRange } from "../testing";

function defaultsOf(limits: unknown) {
  return createTestContext([limitRange({ spec: { limits } })])
    .view(limitRangeDefaults)
    .get("shop");
}

test("a limit comes from default, else from max; a request from defaultRequest, else from the limit, else from min", () => {
  expect(
    defaultsOf([
      { type: "Container", max: { memory: "2Gi", cpu: "2" }, default: { memory: "1Gi" }, min: { "ephemeral-storage": "1Mi" }, defaultRequest: { cpu: "1" } },
    ]),
  ).toEqual({
    limits: { memory: "1Gi", cpu: "2" },
    requests: { memory: "1Gi", cpu: "1", "ephemeral-storage": "1Mi" },
  });
});

test("items for whole pods and items of another shape give containers nothing", () => {
  expect(defaultsOf([{ type: "Pod", max: { memory: "2Gi" } }, "x", null])).toBeUndefined();
  expect(defaultsOf("x")).toBeUndefined();
});
