import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { POSTURE_ENDPOINTS } from "./posture-endpoints";

it("asks every read of a cluster for what it said of a day, but for the list of days itself", () => {
  const asked = readFileSync(new URL("../reads/testing-everything.ts", import.meta.url), "utf8");
  const routes = Object.values(POSTURE_ENDPOINTS).map(({ path }) => `app/api/v1${path.replaceAll(/\{(\w+)\}/g, "[$1]")}/route`);
  expect(
    routes.filter((route) => !asked.includes(`from "@/${route}"`)),
    "ask these routes in lib/reads/testing-everything.ts",
  ).toEqual(["app/api/v1/clusters/[cluster]/snapshots/route"]);
});
