import { expect, test } from "vitest";
import { controlIdSchema } from "./own-controls";

test("takes no id that every object has: its control would be told to be off, and never be judged", () => {
  expect(controlIdSchema.safeParse("constructor").error?.issues.map(({ message }) => message)).toEqual(["constructor is no id: choose another"]);
  expect(controlIdSchema.safeParse("constructor-named").success).toBe(true);
});
