import { expect, it } from "vitest";
import type { KindCoverage } from "@/lib/model/coverage";
import { listAccountKeys } from "@/lib/reads/find-unread";
import { commitSnapshot } from "@/lib/store/commit-snapshot";
import { saveCluster } from "@/lib/store/clusters";
import { findSnapshot } from "@/lib/store/snapshots";
import { makeSnapshot } from "@/lib/store/testing/make-snapshot";
import { withDatabase } from "@/lib/store/testing/with-database";
import { findReturnedKinds } from "./returned-kinds";

const used = withDatabase("pglite");

const RBAC = "rbac.authorization.k8s.io";
const KINDS = [
  ["", "Node"],
  ["", "ServiceAccount"],
  ...["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"].map((kind) => [RBAC, kind] as const),
] as const;

/** What a scan answers that sees so many nodes, and may not list these kinds. */
function coverageOf(nodes: number, refused: readonly string[] = []): readonly KindCoverage[] {
  return KINDS.map(([group, kind]) => {
    const status = refused.includes(kind) ? "forbidden" : "read";
    return { group, version: "v1", resource: `${kind.toLowerCase()}s`, kind, status, objects: kind === "Node" && status === "read" ? nodes : 0 };
  });
}

/** What a scan that may list all tells to be back, after scans with these coverages. */
async function findReturned(slug: string, days: readonly (readonly KindCoverage[])[]) {
  const { pool, prisma } = used.database;
  const { id } = await saveCluster(prisma, { slug, name: slug, source: "demo" });
  for (const coverage of days) {
    const input = makeSnapshot(id, { resources: [], verdicts: [] });
    await commitSnapshot(pool, { ...input, finish: async (stale) => ({ ...(await input.finish(stale)), coverage }) });
  }
  const last = { snapshot: await findSnapshot(pool, id, days.length), coverage: days.at(-1) ?? [], kinds: [], tallies: [] };
  return findReturnedKinds(pool, id, coverageOf(9), last);
}

it("tells of what is back which snapshot read it last, not any before", async () => {
  const returned = await findReturned("back", [coverageOf(1), coverageOf(2), coverageOf(0, ["Node"]), coverageOf(0, ["Node", "ServiceAccount"])]);
  expect(returned.get("/Node")).toBe(2);
  expect(returned.get("/ServiceAccount")).toBe(3);
  expect(returned.has(`${RBAC}/Role`)).toBe(false);
});

it("tells what rights say of accounts by the last snapshot where accounts alone were refused, and by none where no rights were ever read", async () => {
  const [key = ""] = listAccountKeys();
  const accounts = await findReturned("accounts", [coverageOf(1), coverageOf(1, ["ServiceAccount"])]);
  expect([accounts.get("/ServiceAccount"), accounts.get(key)]).toEqual([1, 2]);
  const rights = await findReturned("rights", [coverageOf(1, ["ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"])]);
  expect([rights.get("/ServiceAccount"), rights.get(key)]).toEqual([null, null]);
});
