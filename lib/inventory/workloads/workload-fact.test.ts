import { describe, expect, it } from "vitest";
import { buildInventory } from "../build-inventory";
import { createContext } from "../context";
import { WHOLE_CLUSTER } from "../testing-context";
import { pod } from "../testing";
import { defineWorkloadFact } from "./workload-fact";

let reads = 0;
const namesView = defineWorkloadFact({ start: () => new Set<string>(), add: (names, workload) => names.add(workload.ref.name) });
const imagesView = defineWorkloadFact({
  start: (): string[] => [],
  add: (images, _workload, pods) => {
    reads += 1;
    images.push(...pods.flatMap(({ containers }) => containers.map(({ spec }) => String(spec.image))));
  },
});
const brokenView = defineWorkloadFact({
  start: () => 0,
  add: (_sum, workload) => {
    if (workload.ref.name === "two") throw new Error("two is odd");
  },
});

describe("facts of workloads", () => {
  const objects = ["one", "two"].map((name) => pod({ name, container: { image: `${name}:1` } }));
  const context = createContext(buildInventory(objects, WHOLE_CLUSTER));

  it("are gathered from every workload in one pass, whoever asks first", () => {
    reads = 0;
    expect([...context.view(namesView)].sort()).toEqual(["one", "two"]);
    expect(reads).toBe(2);
    expect(context.view(imagesView).sort()).toEqual(["one:1", "two:1"]);
    expect(reads).toBe(2);
  });

  it("that cannot be gathered are an error for who asks for them, and for nobody else", () => {
    expect(() => context.view(brokenView)).toThrow("two is odd");
    expect([...context.view(namesView)]).toHaveLength(2);
  });

  it("that are defined after the others were gathered are gathered by themselves", () => {
    const lateView = defineWorkloadFact({ start: (): string[] => [], add: (kinds, workload) => kinds.push(workload.ref.kind) });
    expect(context.view(lateView)).toEqual(["Pod", "Pod"]);
  });
});
