import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as listFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getNetworkWorkload } from "@/app/api/v1/clusters/[cluster]/network/workload/route";
import { deployment, namespace, networkPolicy, pod } from "@/lib/inventory/testing";
import type { JsonRecord } from "@/lib/model/json";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const ROLES = ["replica", "primary", "replica"];

/** The pods of a database in a namespace of its own; the newest, which stands for all, is a replica. */
function database(space: string, roles: readonly string[], ...closed: readonly string[]): readonly JsonRecord[] {
  const ownerReferences = [{ apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster", name: "pg", controller: true, uid: space }];
  const pods = roles.map((role, i) => {
    const podLabels = { app: undefined, "cnpg.io/cluster": "pg", "cnpg.io/instanceName": `pg-${i}`, role };
    const metadata = { uid: `${space}-${i}`, creationTimestamp: `2026-11-20T00:${59 - i}:00Z`, ownerReferences };
    return pod({ name: `pg-${i}`, namespace: space, podLabels, metadata, status: { phase: "Running" } });
  });
  const policies = closed.map((role) =>
    networkPolicy({ name: role, metadata: { namespace: space }, spec: { podSelector: { matchLabels: { role } }, policyTypes: ["Ingress"] } }),
  );
  return [namespace({ name: space }), ...pods, ...policies];
}

let cluster: ScannedCluster;
afterAll(() => cluster.stop());
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan([
    namespace(),
    deployment({ name: "caller" }),
    ...database("none", ROLES),
    ...database("replicas", ROLES, "replica"),
    ...database("all", ROLES, "replica", "primary"),
    // More than are told apart.
    ...database("many", ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11"], "r0"),
  ]);
});

it.each([
  ["none", true],
  ["replicas", true],
  ["all", false],
  ["many", true],
])("tells of a database whose pods differ in labels what the scan told of all of them: %s", async (space, isOpen) => {
  const { rows } = await cluster.ask(listFindings, `?control=netpol-ingress-open&namespace=${space}`);
  const { workload } = await cluster.ask(getNetworkWorkload, `?workload=${space}/Cluster/pg`);
  expect([rows.length > 0, workload.incoming.rows.length > 0]).toEqual([isOpen, isOpen]);
});
