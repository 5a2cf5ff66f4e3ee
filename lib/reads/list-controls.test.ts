import { expect, it } from "vitest";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getControls } from "@/app/api/v1/clusters/[cluster]/controls/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { deployment, namespace, node } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

it("tells a control that was asked and found nothing from one that was not asked", async () => {
  const cluster = await startScanned();
  try {
    await cluster.scan([namespace(), deployment()]);
    const { controls } = (await cluster.call(getControls)).body;
    const unasked = controls.filter(({ counts }: { counts: object | null }) => counts === null);
    expect(unasked.map(({ id }: { id: string }) => id)).toEqual([]);
    const asked = (await cluster.call(getControl, "", { control: "webhook-fail-open" })).body;
    expect(asked.counts).toMatchObject({ n: 0, failing: 0, unknown: 0, cost: 0 });
    expect((await cluster.call(getControl, "", { control: "container-privileged" })).body.counts.n).toBe(1);
  } finally {
    await cluster.stop();
  }
});

it("names the clauses of the benchmark of the service that ran the cluster at the moment", async () => {
  const cluster = await startScanned();
  try {
    const objects = [namespace(), deployment({ container: { securityContext: { privileged: true } } })];
    await cluster.scan([...objects, node({ name: "a" })]);
    await cluster.scan([...objects, node({ name: "a", labels: { "eks.amazonaws.com/nodegroup": "blue" } })]);
    const [control, own] = ["container-privileged", { key: "eks", framework: "CIS Amazon EKS 2.0", id: "4.2.1", clause: "4.2.1" }];
    const { rows } = (await cluster.call(getFindings, `?control=${control}`)).body;
    const asked = async (query: string) => {
      const listed = (await cluster.call(getControls, query)).body.controls.find(({ id }: { id: string }) => id === control);
      const one = (await cluster.call(getControl, query, { control })).body.control;
      return [listed, one, (await cluster.call(getFinding, query, { id: rows[0].id })).body].map(({ frameworks }) => frameworks);
    };
    for (const frameworks of await asked("")) expect(frameworks).toContainEqual(own);
    for (const frameworks of await asked("?at=1")) expect(frameworks).not.toContainEqual(own);
  } finally {
    await cluster.stop();
  }
});
