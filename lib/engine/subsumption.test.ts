import { expect, test } from "vitest";
import type { AnyControl } from "../controls/define";
import { countCpuMs } from "../model/testing-cpu-ms";
import { type Answer, applySubsumption } from "./subsumption";

function failing(id: string, ons: readonly (string | undefined)[], subsumedBy: readonly string[] = []): Answer {
  const weaknesses = ons.map((on) => ({ message: "", path: "", ...(on !== undefined && { on }) }));
  return { control: { id, subsumedBy } as unknown as AnyControl, outcome: { state: "fail", weaknesses, notes: [] } as unknown as Answer["outcome"] };
}

test.each([
  [["app"], ["app", "app:NET_ADMIN", "application", "other"], ["application", "other"]],
  [["app:NET_ADMIN"], ["app", "app:NET_ADMIN", "app:NET_ADMIN:x"], ["app"]],
  [[undefined], ["app", undefined], []],
  [["app"], [undefined, "b:app"], [undefined, "b:app"]],
] as const)("of a control that fails on %j, leaves of %j what is not among it", (stronger, own, left) => {
  const { weaknesses, by } = applySubsumption([failing("weak", own, ["strong"]), failing("strong", stronger)]).get("weak") ?? {};
  expect([weaknesses?.map(({ on }) => on), by]).toEqual([[...left], left.length < own.length ? "strong" : null]);
});

test("compares the parts of a pod with thousands of containers in time", () => {
  const ons = Array.from({ length: 30_000 }, (_, i) => `container-${i}`);
  const cpuMs = countCpuMs();
  expect(applySubsumption([failing("weak", ons.toReversed(), ["strong"]), failing("strong", ons)]).get("weak")?.weaknesses).toEqual([]);
  expect(cpuMs()).toBeLessThan(2_000);
});
