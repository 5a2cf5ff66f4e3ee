import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getNetworkWorkload } from "@/app/api/v1/clusters/[cluster]/network/workload/route";
import { GET as whoCan } from "@/app/api/v1/clusters/[cluster]/who-can/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { namespace } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const OWN = {
  id: "own-one-container",
  title: "Pods have one container",
  layer: "container",
  severity: "low",
  subject: "workload",
  expression: "size(pod.spec.containers) == 1",
  message: "It has several.",
  fix: "Take the others out.",
} as const;

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.save({ ownControls: [OWN] });
  await cluster.scan([namespace(), job("over", { conditions: [{ type: "Complete", status: "True" }], succeeded: 1 }), RUNNING]);
}, 60_000);
afterAll(() => cluster.stop());

function job(name: string, status: object): object {
  const template = { metadata: { labels: { job: name } }, spec: { restartPolicy: "Never", containers: [{ name: "app", image: "registry.example/app:1" }] } };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name, namespace: "shop", uid: name }, spec: { template }, status };
}

const RUNNING = job("running", { active: 1 });

/** Whether the page marks the setting as good. */
async function isGood(name: string): Promise<boolean> {
  const { settings } = await cluster.ask(getResource, "", { groupKind: "batch.Job", namespace: "shop", name });
  return settings.rows.find(({ setting }: { setting: string }) => setting === "privileged").cells[0].isTold;
}

async function countsOf(name: string) {
  const { body } = await cluster.call(getResource, "", { groupKind: "batch.Job", namespace: "shop", name });
  return body.rings.reduce((sum: number, ring: { met: number; failing: number }) => sum + ring.met + ring.failing, 0);
}

it("says of a Job that is over neither that it meets a control, connects to anything nor runs as an account, as its verdicts do not", async () => {
  expect(await countsOf("over")).toBe(0);
  expect(await countsOf("running")).toBeGreaterThan(10);
  const { body } = await cluster.call(getNetworkWorkload, "?workload=shop/Job/over");
  expect(body.workload).toBeNull();
  expect((await cluster.call(getNetworkWorkload, "?workload=shop/Job/running")).body.workload).not.toBeNull();
  const { subject } = await cluster.ask(whoCan, "?by=subject&subject=ServiceAccount/shop/default");
  expect(subject.workloads.map(({ ref }: { ref: { name: string } }) => ref.name)).toEqual(["running"]);
});

it("marks a setting as good only where a control said so: of no Job that is over, by no control that is off, of nothing that is gone", async () => {
  expect([await isGood("running"), await isGood("over")]).toEqual([true, false]);
  await cluster.save({ disabledControls: { "container-privileged": "Reviewed by hand." } });
  await cluster.scan([namespace(), RUNNING]);
  expect(await isGood("running")).toBe(false);
  await cluster.save({ disabledControls: {} });
  await cluster.scan([namespace()]);
  expect(await isGood("running")).toBe(false);
});
