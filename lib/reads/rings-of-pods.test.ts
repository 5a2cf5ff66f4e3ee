import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { GET as getNetworkWorkload } from "@/app/api/v1/clusters/[cluster]/network/workload/route";
import { GET as whoCan } from "@/app/api/v1/clusters/[cluster]/who-can/route";
import { listControls } from "@/lib/controls/registry";
import { deployment, namespace, pod, serviceAccount } from "@/lib/inventory/testing";
import type { JsonRecord } from "@/lib/model/json";
import { type ScannedCluster, startScanned } from "./testing-scanned";
import { looksAtRights } from "./with-rights";

let cluster: ScannedCluster;
const owner = (apiVersion: string, kind: string, name: string) => [{ apiVersion, kind, name, uid: name, controller: true }];
const owned = (name: string, ownerReferences: readonly JsonRecord[], annotations: JsonRecord = {}): JsonRecord => {
  const body = pod({ name });
  return { ...body, metadata: { ...(body.metadata as JsonRecord), uid: name, annotations, ownerReferences } }; // safe: the builder gives every pod metadata
};
beforeAll(async () => {
  cluster = await startScanned();
  const mirror = { "kubernetes.io/config.mirror": "x", "kubernetes.io/config.source": "file" };
  await cluster.scan([
    namespace(),
    deployment(),
    pod({ name: "lone" }),
    owned("proxy-a", owner("v1", "Node", "a"), mirror),
    owned("train-0", owner("ml.example/v1", "TrainingRun", "train")),
    // Among manifests the machine stands beside the pods that it will make.
    owned("virt-launcher-0", owner("kubevirt.io/v1", "VirtualMachineInstance", "machine")),
  ]);
});
afterAll(() => cluster.stop());

async function metBy(groupKind: string, name: string): Promise<number> {
  const { status, body } = await cluster.call(getResource, "", { groupKind, namespace: "shop", name });
  expect(status).toBe(200);
  return body.rings.find(({ layer }: { layer: string }) => layer === "container").met;
}

it("counts what static pods and pods of custom owners meet, like a pod of the same spec", async () => {
  const lone = await metBy("Pod", "lone");
  expect(lone).toBeGreaterThan(20);
  expect(await metBy("ml.example.TrainingRun", "train")).toBe(lone);
  expect(await metBy("kubevirt.io.VirtualMachineInstance", "machine")).toBe(lone);
  // Its images come with the release of the node.
  expect(await metBy("StaticPod", "proxy")).toBeGreaterThan(lone - 5);
});

it("names such owners among what runs as an account", async () => {
  const { subject } = await cluster.ask(whoCan, "?by=subject&subject=ServiceAccount/shop/app");
  expect(subject.workloads.map(({ ref }: { ref: { name: string } }) => ref.name)).toEqual(expect.arrayContaining(["lone", "train", "machine"]));
});

it("shows such owners on the network", async () => {
  for (const name of ["TrainingRun/train", "VirtualMachineInstance/machine"])
    expect((await cluster.call(getNetworkWorkload, `?workload=shop/${name}`)).body.workload?.ref.name, name).toBe(name.split("/")[1]);
});

it("counts what a workload meets in a cluster of more objects than a page joins", async () => {
  const alone = await metBy("apps.Deployment", "app");
  expect(alone).toBeGreaterThan(20);
  const crowd = Array.from({ length: 4_001 }, (_, at) => serviceAccount({ name: `a-${at}`, namespace: "crowd" }));
  await cluster.scan([namespace(), deployment(), namespace({ name: "crowd" }), ...crowd]);
  expect(await metBy("apps.Deployment", "app")).toBe(alone);
});

it("judges a workload by those that look at rights apart: none of them covers another, or is covered by one", () => {
  const known = new Map(listControls().map((control) => [control.id, control]));
  for (const control of known.values())
    for (const by of control.subject === "workload" ? (control.subsumedBy ?? []) : [])
      expect([control.id, by, looksAtRights(control)]).toEqual([control.id, by, looksAtRights(known.get(by) ?? control)]);
});
