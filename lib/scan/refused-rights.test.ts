import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { namespace } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { loadChangeRange } from "@/lib/reads/unread-at";
import { getCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { listChanges } from "@/lib/store/findings/list-changes";
import { getSnapshot } from "@/lib/store/testing/get-snapshot";

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
});
afterAll(() => cluster.stop());

/** What became of the findings of some controls that were first found at a snapshot. */
async function listFates(slug: string, openedAt: number, ...controls: readonly string[]): Promise<readonly string[]> {
  const { pool, prisma } = getDatabase();
  const { rows } = await pool.query<{ told: string }>(
    `SELECT concat_ws(' ', f.control_id, r.namespace, r.name, s.closed_cause, CASE WHEN s.stale_since_seq IS NULL THEN null ELSE 'stale' END) AS told
     FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE s.state = 'fail' AND s.opened_seq = $1 AND f.control_id = ANY($2) AND s.cluster_id = $3 ORDER BY 1`,
    [openedAt, controls, (await getCluster(prisma, slug)).id],
  );
  return rows.map(({ told }) => told);
}

it("goes on judging accounts while rights are refused: what is mended is fixed, what they may do is as it last was, of one that was deleted too", async () => {
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
  expect(await listFates("c", 1, "cloud-default-sa-cloud-role", "rbac-secrets-read")).toEqual([
    "cloud-default-sa-cloud-role bank default",
    "cloud-default-sa-cloud-role shop default fixed",
    "rbac-secrets-read shop leaver stale",
    "rbac-secrets-read shop robot stale",
  ]);
  const listed = (await cluster.call(getResources, "?kind=ServiceAccount")).body.rows.map(({ key }: { key: string }) => key);
  expect(listed.sort()).toEqual(["/ServiceAccount/bank/default", "/ServiceAccount/shop/default", "/ServiceAccount/shop/robot"]);
  expect((await cluster.call(getFindings, "?control=cloud-default-sa-cloud-role")).body.rows).toMatchObject([
    { isStale: false, resource: { namespace: "bank" } },
  ]);
});

/** A binding that lets these accounts, a user and a group read Secrets. */
const readers = (...accounts: readonly string[]) => [
  rights[0],
  {
    ...rights[1],
    subjects: [
      ...accounts.map((name) => ({ kind: "ServiceAccount", name, namespace: "shop" })),
      { apiGroup: RBAC, kind: "User", name: "eve" },
      { apiGroup: RBAC, kind: "Group", name: "ops" },
    ],
  },
];
const nobody = [rights[0], { ...rights[1], subjects: [] }];
const shop = [namespace({ name: "shop" }), account("default", "shop", CLOUD), account("robot", "shop")];

/** The cause of what failed first at a snapshot, and by whose telling since the one before. */
async function listOpened(slug: string, seq: number): Promise<readonly string[]> {
  const { pool, prisma } = getDatabase();
  const { id } = await getCluster(prisma, slug);
  const range = await loadChangeRange(pool, id, await getSnapshot(pool, id, seq - 1), await getSnapshot(pool, id, seq));
  const { changes } = await listChanges(pool, id, range, 50);
  return changes.map(({ change, finding }) => `${change} ${finding.openedCause} ${finding.controlId} ${finding.resource.name}`).sort();
}

it("goes on judging what accounts may do while accounts are refused: a right that is taken away is fixed, one that is given opens", async () => {
  await cluster.add("refused");
  const scan = (objects: readonly unknown[], ...denied: readonly string[]) => cluster.scan(objects, denied, "refused");
  const told = ["cloud-default-sa-cloud-role", "rbac-secrets-read"];
  const all = await scan([...shop, ...readers("robot", "ghost")]);
  expect(await listFates("refused", all, ...told)).toEqual([
    "cloud-default-sa-cloud-role shop default",
    "rbac-secrets-read eve",
    "rbac-secrets-read ops",
    "rbac-secrets-read shop ghost",
    "rbac-secrets-read shop robot",
  ]);
  // Nothing changes by the refusal alone but that what needs the account itself is stale.
  await scan([...shop, ...readers("robot", "ghost")], "serviceaccounts");
  expect((await listFates("refused", all, ...told)).filter((fate) => / (stale|fixed)$/.test(fate))).toEqual(["cloud-default-sa-cloud-role shop default stale"]);
  await scan([...shop, ...nobody], "serviceaccounts");
  expect(await listFates("refused", all, ...told)).toEqual([
    "cloud-default-sa-cloud-role shop default stale",
    "rbac-secrets-read eve fixed",
    "rbac-secrets-read ops fixed",
    "rbac-secrets-read shop ghost fixed",
    "rbac-secrets-read shop robot fixed",
  ]);
  const back = await scan([...shop, ...readers("robot")]);
  expect((await listOpened("refused", back)).filter((row) => row.includes("rbac-secrets-read"))).toEqual([
    "reopened changed-context rbac-secrets-read eve",
    "reopened changed-context rbac-secrets-read ops",
    "reopened changed-context rbac-secrets-read robot",
  ]);
});

it("tells of an account that was never listed what it may do, and only of its own settings that it was never assessed", async () => {
  await cluster.add("never");
  const scan = (objects: readonly unknown[], ...denied: readonly string[]) => cluster.scan(objects, denied, "never");
  const first = await scan([...shop, ...readers("robot")], "serviceaccounts");
  expect(await listFates("never", first, "rbac-secrets-read")).toContain("rbac-secrets-read shop robot");
  await scan([...shop, ...nobody], "serviceaccounts");
  expect(await listFates("never", first, "rbac-secrets-read")).toContain("rbac-secrets-read shop robot fixed");
  const back = await scan([...shop, ...readers("robot", "default")]);
  const isOf = (row: string) => /cloud-default-sa-cloud-role|rbac-secrets-read (robot|default)/.test(row);
  expect((await listOpened("never", back)).filter(isOf)).toEqual([
    "assessed assessed cloud-default-sa-cloud-role default",
    "new changed-context rbac-secrets-read default",
    "reopened changed-context rbac-secrets-read robot",
  ]);
});
