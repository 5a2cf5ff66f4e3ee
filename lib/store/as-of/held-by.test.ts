import { expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { heldBy } from "./held-by";

/** As the bundler does for pages and the API: the same source, evaluated again. */
async function loadAgain() {
  vi.resetModules();
  return { ...(await import("./held-by")), ...(await import("@/lib/errors/app-error")) };
}

it("keeps one value per database and name, whichever bundle asks", async () => {
  const again = await loadAgain();
  expect(again.heldBy).not.toBe(heldBy);
  const [pool, other] = [{}, {}];
  const made = heldBy("numbers", () => [1])(pool);
  expect(again.heldBy("numbers", () => [2])(pool)).toBe(made);
  expect(again.heldBy("letters", () => ["a"])(pool)).toEqual(["a"]);
  expect(again.heldBy("numbers", () => [3])(other)).toEqual([3]);
});

it("knows an error that another bundle threw, and no other error", async () => {
  const again = await loadAgain();
  expect(again.AppError).not.toBe(AppError);
  expect(new again.AppError("conflict", "Taken.")).toBeInstanceOf(AppError);
  expect(new Error("AppError")).not.toBeInstanceOf(AppError);
});
