import { expect, it } from "vitest";
import { clusterWords } from "./cluster-words";

it("says of a made-up cluster that it is one, and nothing of others", () => {
  expect(clusterWords({ name: "harbour", isDemo: true })).toBe("harbour (demo)");
  expect(clusterWords({ name: "prod", isDemo: false })).toBe("prod");
});

it("hides nothing that a context is called", () => {
  expect(clusterWords({ name: "prod\u202egnigats", isDemo: false })).toBe("prod\\u202Egnigats");
});
