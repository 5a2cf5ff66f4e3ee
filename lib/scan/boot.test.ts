import { afterEach, expect, it, vi } from "vitest";
import { boot } from "./boot";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it("ends the process with the sentence about a variable that is wrong, which the log cannot be had without", async () => {
  vi.stubEnv("CONCENTRIC_ROLE", "boss");
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const exit = vi.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("ended");
  });
  await expect(boot()).rejects.toThrow("ended");
  expect(exit).toHaveBeenCalledWith(1);
  expect(write).toHaveBeenCalledWith("The environment variable CONCENTRIC_ROLE must be all, web or worker.\n");
});
