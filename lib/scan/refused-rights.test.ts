import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { namespace } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { getDatabase } from "@/lib/store/database-handle";

const RBAC = "rbac.authorization.k8s.io";
const RIGHTS = ["roles", "clusterroles", "rolebindings", "clusterrolebindings"].map((name) => `${name}.${RBAC}`);
const account = (name: string, home: string, annotations = {}) => ({
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: { name, namespace: home, annotations },
});
/** What fails by the account alone. */
const CLOUD = { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/app" };
const rights = [
  { apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name: "reader" }, rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }] },
  {
    apiVersion: `${RBAC}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name: "readers" },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "reader" },
    subjects: ["robot", "leaver"].map((name) => ({ kind: "ServiceAccount", name, namespace: "shop" })),
  },
];

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
}, 60_000);
afterAll(() => cluster.stop());

it("goes on judging accounts while rights are refused: what is mended is fixed, what is deleted is gone, what they may do is as it last was", async () => {
  const homes = [namespace({ name: "shop" }), namespace({ name: "bank" })];
  await cluster.scan([
    ...homes,
    account("default", "shop", CLOUD),
    account("default", "bank", CLOUD),
    account("robot", "shop"),
    account("leaver", "shop"),
    ...rights,
  ]);
  await cluster.scan([...homes, account("default", "shop"), account("default", "bank", CLOUD), account("robot", "shop"), ...rights], RIGHTS);
  const { rows } = await getDatabase().pool.query<{ told: string }>(
    `SELECT concat_ws(' ', f.control_id, r.namespace, r.name, s.closed_cause, CASE WHEN s.stale_since_seq IS NULL THEN null ELSE 'stale' END) AS told
     FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE s.state = 'fail' AND s.opened_seq = 1 AND f.control_id IN ('cloud-default-sa-cloud-role', 'rbac-secrets-read') ORDER BY 1`,
  );
  expect(rows.map(({ told }) => told)).toEqual([
    "cloud-default-sa-cloud-role bank default",
    "cloud-default-sa-cloud-role shop default fixed",
    "rbac-secrets-read shop leaver resource-gone",
    "rbac-secrets-read shop robot stale",
  ]);
  const listed = (await cluster.call(getResources, "?kind=ServiceAccount")).body.rows.map(({ key }: { key: string }) => key);
  expect(listed.sort()).toEqual(["/ServiceAccount/bank/default", "/ServiceAccount/shop/default", "/ServiceAccount/shop/robot"]);
  expect((await cluster.call(getFindings, "?control=cloud-default-sa-cloud-role")).body.rows).toMatchObject([
    { isStale: false, resource: { namespace: "bank" } },
  ]);
});
