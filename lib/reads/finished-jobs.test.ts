import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getNetworkWorkload } from "@/app/api/v1/clusters/[cluster]/network/workload/route";
import { GET as whoCan } from "@/app/api/v1/clusters/[cluster]/who-can/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { deployment, namespace } from "@/lib/inventory/testing";
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
  await cluster.scan([namespace(), job("over", OVER), RUNNING]);
});
afterAll(() => cluster.stop());

const OVER = { conditions: [{ type: "Complete", status: "True" }], succeeded: 1 };

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

it("calls nothing fixed that is over with its Job", async () => {
  const rest = [namespace(), deployment({ pod: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } } })];
  const [from, ended] = [await cluster.scan([...rest, RUNNING]), await cluster.scan([...rest, job("running", OVER)])];
  const open: readonly { id: string; control: string }[] = (await cluster.ask(getFindings, `?at=${from}&kind=Job&limit=100`)).rows;
  const { ledger, closed, waterfalls } = await cluster.ask(getCompare, `?since=${from}&at=${ended}`);
  expect(open.length).toBeGreaterThan(5);
  // What the namespace was told for the Job is not the Job's own.
  expect(ledger).toMatchObject({ finished: open.length, gone: 0 });
  expect(closed.filter(({ change }: { change: string }) => change === "finished").length).toBeGreaterThan(5);
  const container = waterfalls.find(({ layer }: { layer: string }) => layer === "container");
  const pointsOf = (of: string): number => container.rows.find(({ cause }: { cause: string }) => cause === of).points;
  expect([pointsOf("fixed"), pointsOf("gone-resources") > 0]).toEqual([0, true]);
  const id = open.find(({ control }) => control === "seccomp-not-set")?.id ?? "";
  const finding = await cluster.ask(getFinding, "", { id });
  expect([finding.state, finding.story.at(-1)]).toEqual(["not-failing", expect.stringMatching(/^Its Job was over on .*; nobody fixed it\.$/)]);
});
