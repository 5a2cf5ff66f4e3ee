import { describe, expect, it } from "vitest";
import { factWords } from "./fact-words";

describe("what a snapshot holds, in the foot of the overview", () => {
  it("counts what was read", () => {
    expect(factWords({ workloads: 65, namespaces: 1, nodes: 0 }, [])).toBe("65 workloads, 1 namespace, no nodes");
  });

  it("never calls none what could not be read", () => {
    expect(factWords({ workloads: 0, namespaces: 0, nodes: 0 }, ["Namespace", "Node", "Pod"])).toBe("workloads not read, namespaces not read, nodes not read");
  });

  it("says that a count is not the whole", () => {
    expect(factWords({ workloads: 3, namespaces: 2, nodes: 1 }, ["CronJob"])).toBe("3 workloads read, not all, 2 namespaces, 1 node");
  });
});
