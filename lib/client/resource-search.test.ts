import { createLoader } from "nuqs/server";
import { expect, it } from "vitest";
import { RESOURCE_PARSERS } from "./resource-search";

const load = createLoader(RESOURCE_PARSERS);

it("reads which view of an object is asked for, and where in it to begin", () => {
  expect(load("?view=yaml&line=2001&at=3")).toEqual({ view: "yaml", line: 2_001, containers: 1 });
  expect(load("?containers=101")).toEqual({ view: "rings", line: null, containers: 101 });
});

it("takes what is not valid as absent", () => {
  expect(load("?view=everything&line=last&containers=all")).toEqual(load(""));
});
