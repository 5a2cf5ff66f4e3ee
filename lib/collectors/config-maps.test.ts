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

/** As the cluster autoscaler writes its report: as text until release 1.29, since then as YAML. */
const REPORTS = [
  (time: string, ready: number) =>
    `Cluster-autoscaler status at 2026-11-26 ${time}.123456789 +0000 UTC:\n  Health: Healthy (ready=${ready})\n    LastProbeTime: 2026-11-26 ${time}.1 +0000 UTC m=+${ready}${time.slice(0, 2)}.5\n`,
  (time: string, ready: number) =>
    `time: 2026-11-26 ${time}.123456789 +0000 UTC\nclusterWide:\n  ready: ${ready}\n  lastProbeTime: "2026-11-26T${time}.123456789Z"\n`,
];

it.each(REPORTS)("keeps nothing of when the cluster autoscaler reported, every ten seconds, and all else that the report says", (write) => {
  const report = (time: string, ready = 3) =>
    kept(
      { annotations: { "cluster-autoscaler.kubernetes.io/last-updated": `2026-11-26 ${time}.123456789 +0000 UTC` } },
      { status: write(time, ready), other: "kept" },
    );
  expect(report("10:00:00")).toEqual(report("11:07:59"));
  expect(report("10:00:00")).not.toEqual(report("10:00:00", 4));
  expect(report("10:00:00")).toMatchObject({ data: { status: expect.stringMatching(/ready(=|: )3/), other: "kept" } });
});

it("keeps what stands where such a report would, whoever wrote it", () => {
  const annotations = { "cluster-autoscaler.kubernetes.io/last-updated": "now" };
  expect(kept({ annotations }, { status: "password=hunter2" })).toMatchObject({ data: { status: "password=hunter2" } });
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
