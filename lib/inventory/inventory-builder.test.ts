import { describe, expect, test } from "vitest";
import { buildInventory } from "./build-inventory";
import { WHOLE_CLUSTER } from "./testing-context";
import { cronJob, daemonSet, deployment, job, pod, podTemplate, replicationController, statefulSet } from "./testing";

describe("the path of the pod spec", () => {
  test.each([
    [pod(), "spec.containers[0].image"],
    [podTemplate(), "template.spec.containers[0].image"],
    [replicationController(), "spec.template.spec.containers[0].image"],
    [deployment(), "spec.template.spec.containers[0].image"],
    [statefulSet(), "spec.template.spec.containers[0].image"],
    [daemonSet(), "spec.template.spec.containers[0].image"],
    [job(), "spec.template.spec.containers[0].image"],
    [cronJob(), "spec.jobTemplate.spec.template.spec.containers[0].image"],
  ])("of %j is that of its kind", (manifest, path) => {
    const { workloads } = buildInventory([manifest], WHOLE_CLUSTER).slices;
    const items = workloads.state === "read" ? workloads.items : [];
    expect(items.map((item) => item.views()[0]?.containers[0]?.at("image"))).toEqual([path]);
  });
});

describe("workloads of which a kind could not be read", () => {
  const refused = (kind: string) => [{ kind, reason: `Listing ${kind} was refused.` }];
  const kept = (kind: string) => {
    const { workloads } = buildInventory([deployment(), statefulSet({ name: "db" }), job({ name: "once" })], WHOLE_CLUSTER, refused(kind)).slices;
    return workloads.state === "missing" ? workloads.partial?.map(({ ref }) => ref.kind) : "read";
  };

  test("are those of the other kinds", () => {
    expect(kept("Deployment")).toEqual(["StatefulSet", "Job"]);
  });
  test("are none where it tells which pods belong to the others", () => {
    expect(kept("Pod")).toBeUndefined();
  });
});

describe("an object of any depth", () => {
  test.each([900, 5_000, 50_000])("nested %d levels deep is kept and judged without what lies too deep", (levels) => {
    const deep = JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as object;
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "deep" }, spec: deep };
    const { workloads, services } = buildInventory([{ ...pod(), odd: deep }, service], WHOLE_CLUSTER).slices;
    const items = workloads.state === "read" ? workloads.items : [];
    expect(items.map((item) => JSON.stringify(item.object()))).toEqual([expect.stringContaining("nested deeper than 100 levels, left out")]);
    expect(JSON.stringify(services)).toContain("nested deeper than 100 levels, left out");
  });
});
