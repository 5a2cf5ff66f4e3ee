import { expect, test } from "vitest";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { parseDuration } from "./go-duration";

test.each([
  ["1h2m3.5s", 3723.5],
  ["300s", 300],
  ["1.5h", 5400],
  [".5m", 30],
  ["1.s", 1],
  ["250ms", 0.25],
  ["2us", 2e-6],
  ["-1m", -60],
  ["0", 0],
  ["0h0m0s", 0],
  ["300", undefined],
  ["5 m", undefined],
  ["1d", undefined],
  ["", undefined],
  [".s", undefined],
])("reads the length of time %j as Go does", (written, seconds) => {
  expect(parseDuration(written)).toBe(seconds);
});

test.each([3_000, 100_000])("reads %i digits, numbers or parts of an object in time", (count) => {
  const cpuMs = countCpuMs();
  for (const part of ["1", "1.", "1m", ".1"]) parseDuration(`${part.repeat(count)}x`);
  expect(cpuMs()).toBeLessThan(2_000);
});
