import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeAside } from "./make-aside";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "concentric-aside-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fillWith =
  (name: string) =>
  async (making: string): Promise<string> => {
    writeFileSync(path.join(making, name), "");
    return making;
  };

it("takes away what processes that were killed left, also those of earlier versions", async () => {
  for (const name of ["data.making", "data.making-Ab12Cd", "database"]) mkdirSync(path.join(folder, name, "within"), { recursive: true });
  await makeAside(path.join(folder, "data"), fillWith("new"));
  expect(readdirSync(folder).sort()).toEqual(["data", "database"]);
  expect(readdirSync(path.join(folder, "data"))).toEqual(["new"]);
});

it("holds nothing of what an earlier one still writes, after the process that began it was killed", async () => {
  const target = path.join(folder, "data");
  let outlived = "";
  void makeAside(target, (making) => {
    outlived = making;
    return new Promise(() => {});
  });
  await makeAside(target, async (making) => {
    expect(() => writeFileSync(path.join(outlived, "old"), "")).toThrow("ENOENT");
    return fillWith("new")(making);
  });
  expect(readdirSync(target)).toEqual(["new"]);
});

it("leaves nothing where it fails", async () => {
  await expect(
    makeAside(path.join(folder, "data"), async (making) => {
      await fillWith("half")(making);
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  expect(readdirSync(folder)).toEqual([]);
});
