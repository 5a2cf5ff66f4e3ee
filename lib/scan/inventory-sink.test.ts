import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import type { JsonRecord } from "@/lib/model/json";
import { createInventorySink } from "./inventory-sink";
import { deployment } from "./testing-world";

function fill(objects: readonly object[]) {
  const sink = createInventorySink({ kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS });
  for (const kind of [...Object.values(SLICE_KINDS).flat(), ...WORKLOAD_KINDS]) sink.markRead(kind);
  for (const object of objects) sink.add(object as JsonRecord);
  return { sink, inventory: sink.finish() };
}

const stateful = { apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db", namespace: "shop" }, spec: { template: { spec: { containers: [] } } } };

describe("createInventorySink", () => {
  it("orders workloads by name, whichever list came first", () => {
    const objects = [stateful, deployment("b"), deployment("a")];
    const order = (given: readonly object[]) => {
      const { workloads } = fill(given).inventory.slices;
      return workloads.state === "read" ? workloads.items.map((workload) => workload.ref.name) : [];
    };
    expect(order(objects)).toEqual(["a", "b", "db"]);
    expect(order(objects.toReversed())).toEqual(["a", "b", "db"]);
  });

  it("keeps of a workload the text that its body is read from", () => {
    const { sink, inventory } = fill([deployment("a")]);
    const facts = sink.kept.find("apps/Deployment/shop/a");
    const { workloads } = inventory.slices;
    expect(JSON.parse(facts?.kept?.text() ?? "")).toEqual(workloads.state === "read" ? workloads.items[0]?.object() : null);
  });

  it("keeps nothing to be stored of a pod that speaks for its owner, or whose owner is gone", () => {
    const owned = (apiVersion: string, kind: string) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `${kind}-0`, namespace: "shop", ownerReferences: [{ apiVersion, kind, name: kind, controller: true }] },
      spec: { nodeName: "a", containers: [] },
    });
    const pods = [owned("apps.kruise.io/v1alpha1", "CloneSet"), owned("apps/v1", "StatefulSet")];
    const { sink, inventory } = fill(pods);
    const { workloads } = inventory.slices;
    expect(workloads.state === "read" ? workloads.items.map(({ ref, object }) => [ref.kind, object().spec]) : []).toEqual([
      ["Pod", { containers: [] }],
      ["CloneSet", { containers: [] }],
    ]);
    expect(pods.map(({ metadata }) => sink.kept.find(`/Pod/shop/${metadata.name}`))).toEqual([undefined, undefined]);
  });

  it("takes a list that started again as the same objects", () => {
    const { workloads } = fill([deployment("a"), deployment("a"), deployment("a", { privileged: false })]).inventory.slices;
    expect(workloads.state === "read" ? workloads.items.length : 0).toBe(1);
  });
});
