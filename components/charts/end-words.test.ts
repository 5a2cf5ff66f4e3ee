import { expect, it } from "vitest";
import { endWords } from "./end-words";

it("says where each line begins and ends, as far as it is known", () => {
  const lines = [
    { name: "cloud", values: [null, "71", "80", "77"] },
    { name: "cluster", values: ["69", "75", "69", null] },
    { name: "code", values: [null, null] },
  ];
  expect(endWords(lines)).toBe("cloud from 71 to 77, cluster 69 at both ends, code not known");
});
