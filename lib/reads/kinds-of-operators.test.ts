import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as listControls } from "@/app/api/v1/clusters/[cluster]/controls/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { namespace, node, pod } from "@/lib/inventory/testing";
import type { JsonRecord } from "@/lib/model/json";
import { type ScannedCluster, startScanned } from "./testing-scanned";

/** Kinds that operators call as ours are called, beside one that nobody else has: their pods are theirs all the same. */
const KINDS = ["Machine", "Cluster", "Node", "Gateway"];

const owned = (kind: string): JsonRecord => {
  const ownerReferences = [{ apiVersion: "example.com/v1", kind, name: "own", controller: true, uid: kind }];
  return pod({ name: kind.toLowerCase(), metadata: { uid: `${kind}-0`, ownerReferences }, status: { phase: "Running" } });
};

let cluster: ScannedCluster;
afterAll(() => cluster.stop());
beforeAll(async () => {
  cluster = await startScanned();
  const objects = [namespace(), node({ name: "n1" }), ...KINDS.map(owned)];
  await cluster.scan(objects);
  await cluster.scan(objects, ["pods"]);
});

it("tells of each what it meets and fails, at every moment", async () => {
  const said = async (kind: string, at: number): Promise<unknown> => {
    const { rings } = await cluster.ask(getResource, `?at=${at}`, { groupKind: `example.com.${kind}`, namespace: "shop", name: "own" });
    return rings.map(({ met, failing, staleFailing }: Readonly<Record<string, number>>) => [met, failing, staleFailing]);
  };
  for (const at of [1, 2]) {
    const expected = await said("Machine", at);
    expect(expected).toContainEqual([expect.toSatisfy((met: number) => met > 30), 0, 0]);
    for (const kind of KINDS) expect([at, kind, await said(kind, at)]).toEqual([at, kind, expected]);
  }
});

it("leaves machines outside of namespaces", async () => {
  expect(await cluster.ask(getResource, "?at=1", { groupKind: "Node", namespace: "-", name: "n1" })).toMatchObject({ ref: { kind: "Node", namespace: null } });
});

it("counts each among what could not be assessed again", async () => {
  const { controls } = await cluster.ask(listControls);
  const { unassessed } = controls.find(({ id }: { readonly id: string }) => id === "netpol-ingress-open");
  expect(unassessed).toMatchObject({ subjects: KINDS.length, stale: KINDS.length, isUnlisted: true });
});
