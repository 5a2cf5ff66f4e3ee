import { expect, it } from "vitest";
import { configMapsCollector } from "./config-maps";

const kept = (metadata: object, data?: object) =>
  configMapsCollector.project?.({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "lock", namespace: "kube-system", ...metadata },
    ...(data && { data }),
  });

it("keeps nothing of a lock that its leader renews, and all else that it holds", () => {
  const leader = (renewTime: string) => ({ "control-plane.alpha.kubernetes.io/leader": JSON.stringify({ holderIdentity: "one", renewTime }) });
  const [before, after] = ["10:00:00Z", "11:00:00Z"].map((time) => kept({ annotations: { ...leader(time), team: "net" } }, { status: "hunter2" }));
  expect(before).toEqual(after);
  expect(before).toEqual(kept({ annotations: { team: "net" } }, { status: "hunter2" }));
});

it("keeps nothing of what the cluster autoscaler reports every ten seconds", () => {
  const report = (at: string) => kept({ annotations: { "cluster-autoscaler.kubernetes.io/last-updated": at } }, { status: `time: ${at}`, other: "kept" });
  expect(report("2026-11-26 10:00:00 +0000 UTC")).toEqual(report("2026-11-26 11:00:00 +0000 UTC"));
  expect(report("2026-11-26 10:00:00 +0000 UTC")).toMatchObject({ data: { other: "kept" } });
});

it("keeps any other ConfigMap as it is", () => {
  const object = { annotations: { team: "net" } };
  expect(kept(object, { status: "hunter2" })).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "lock", namespace: "kube-system", ...object },
    data: { status: "hunter2" },
  });
});
