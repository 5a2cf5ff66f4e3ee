import { expect, test } from "vitest";
import { buildInventory } from "./build-inventory";
import { createContext } from "./context";
import { listHostPathMounts } from "./host-path-mounts";
import { DEFAULT_SETTINGS } from "./inventory";
import { deployment } from "./testing";

function mountsOf(podSpec: Record<string, unknown>, container: Record<string, unknown>, others: readonly Record<string, unknown>[] = []) {
  const inventory = buildInventory([deployment({ podSpec, container }), ...others], {
    isComplete: true,
    kubeVersion: null,
    observedAt: "2026-11-25T00:00:00Z",
    settings: DEFAULT_SETTINGS,
  });
  const context = createContext(inventory);
  const [workload] = context.slices.workloads;
  const [pod] = workload?.views() ?? [];
  if (!workload || !pod) throw new Error("no workload");
  return listHostPathMounts(workload, pod, context).map(({ hostPath, isWritable, container: at }) => [hostPath, isWritable, at?.name ?? null]);
}

const host = { name: "host", hostPath: { path: "/srv" } };

test("a mount's subPath is part of the path, up to the first variable", () => {
  const volumeMounts = [
    { name: "host", subPath: "a" },
    { name: "host", subPathExpr: "b/$(NODE)/c", readOnly: true },
    { name: "host", subPathExpr: "$(NODE)" },
  ];
  expect(mountsOf({ volumes: [host] }, { volumeMounts })).toEqual([
    ["/srv/a", true, "app"],
    ["/srv/b/", false, "app"],
    ["/srv", true, "app"],
  ]);
});

test("a volume that nothing mounts is listed without a container", () => {
  expect(mountsOf({ volumes: ["x", host] }, { volumeMounts: "y" })).toEqual([["/srv", false, null]]);
});

test("a claim is followed to the volume of the node that it is bound to", () => {
  const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "c", namespace: "shop" }, spec: { volumeName: "v" } };
  const volume = { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "v" }, spec: { local: { path: "/disk" } } };
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "c" } }];
  expect(mountsOf({ volumes }, { volumeMounts: [{ name: "data" }] }, [claim, volume])).toEqual([["/disk", true, "app"]]);
  expect(mountsOf({ volumes }, { volumeMounts: [{ name: "data" }] }, [claim])).toEqual([]);
});
