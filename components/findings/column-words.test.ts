import { expect, it } from "vitest";
import { ageLabel } from "./column-words";

it("calls a time one that findings were open for where open ones are among them", () => {
  expect(([null, [], ["open"], ["unknown", "open"]] as const).map((state) => ageLabel({ state }))).toEqual(Array(4).fill("Open for"));
  expect(ageLabel({ state: ["unknown"] })).toBe("Age");
});
