import { expect, test } from "vitest";
import { listHostPathMounts } from "./host-path-mounts";
import { createTestContext } from "../testing-context";
import { deployment, statefulSet } from "../testing";

function mountsIn(objects: readonly Record<string, unknown>[]) {
  const context = createTestContext(objects);
  const [workload] = context.slices.workloads;
  const [pod] = workload?.views() ?? [];
  if (!workload || !pod) throw new Error("no workload");
  return listHostPathMounts(workload, pod, context);
}

function mountsOf(podSpec: Record<string, unknown>, container: Record<string, unknown>, others: readonly Record<string, unknown>[] = []) {
  return mountsIn([deployment({ podSpec, container }), ...others]).map(({ hostPath, isWritable, container: at }) => [hostPath, isWritable, at?.name ?? null]);
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

test("a variable that begins inside a name leaves what is above that name, and an empty subPath none", () => {
  const volumeMounts = [
    { name: "host", subPathExpr: "r$(NODE)" },
    { name: "host", subPath: "", subPathExpr: "b/c" },
  ];
  const objects = [deployment({ podSpec: { volumes: [host] }, container: { volumeMounts } })];
  expect(mountsIn(objects).map(({ hostPath, isOpenEnded }) => [hostPath, isOpenEnded])).toEqual([
    ["/srv", true],
    ["/srv/b/c", false],
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

const kept = {
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name: "v" },
  spec: { hostPath: { path: "/etc" }, claimRef: { namespace: "shop", name: "data-app-0" } },
};

test("a volume that is kept for a claim is found from the claim, and a claim that is read-only makes every mount so", () => {
  const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "data-app-0", readOnly: true } }];
  expect(mountsOf({ volumes }, { volumeMounts: [{ name: "data" }] }, [kept])).toEqual([["/etc", false, "app"]]);
});

test("claims that a StatefulSet makes for its pods are followed, by their numbers and by the volume that they name", () => {
  const container = { volumeMounts: [{ name: "data" }] };
  const claiming = (spec: Record<string, unknown>) => statefulSet({ container, spec: { volumeClaimTemplates: [{ metadata: { name: "data" }, spec }] } });
  const paths = (objects: readonly Record<string, unknown>[]) => mountsIn(objects).map(({ hostPath, path }) => [hostPath, path]);
  const found = [["/etc", "spec.hostPath.path"]];
  expect(paths([claiming({}), kept])).toEqual(found);
  expect(paths([claiming({ volumeName: "v" }), { ...kept, spec: { hostPath: { path: "/etc" } } }])).toEqual(found);
  expect(paths([claiming({}), { ...kept, spec: { hostPath: { path: "/etc" }, claimRef: { namespace: "shop", name: "data-app-x" } } }])).toEqual([]);
});

test("a claim that lives with its pod may name the volume itself", () => {
  const volumes = [{ name: "data", ephemeral: { volumeClaimTemplate: { spec: { volumeName: "v" } } } }];
  expect(mountsOf({ volumes }, { volumeMounts: [{ name: "data" }] }, [kept])).toEqual([["/etc", true, "app"]]);
});
