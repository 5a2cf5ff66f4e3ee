import { expect, it } from "vitest";
import { endWords } from "./end-words";

it("says where each line begins and ends, as far as it is known", () => {
  const lines = [
    { name: "cloud", values: [null, "71", "80", "77"] },
    { name: "cluster", values: ["69", "75", "69"] },
    { name: "container", values: [null, "64"] },
    { name: "code", values: [null, null] },
  ];
  expect(endWords(lines)).toBe("cloud from 71 to 77; cluster 69 at both ends; container 64; code not known");
});

it("calls no value the end of a line that goes on without one, and says why there is none", () => {
  const lines = [
    { name: "cloud", values: ["71", "77", null] },
    { name: "cluster", values: ["69", "75", "69", null], missing: "not enough evidence" },
    { name: "code", values: [null], missing: "nothing to judge" },
  ];
  expect(endWords(lines)).toBe("cloud from 71 to 77, then not known; cluster 69, then not enough evidence; code nothing to judge");
});
