import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getNetwork } from "@/app/api/v1/clusters/[cluster]/network/route";
import { GET as getNetworkPolicy } from "@/app/api/v1/clusters/[cluster]/network/policy/route";
import { GET as getNetworkWorkload } from "@/app/api/v1/clusters/[cluster]/network/workload/route";
import { GET as getPodSecurity } from "@/app/api/v1/clusters/[cluster]/pod-security/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { GET as getWhoCan } from "@/app/api/v1/clusters/[cluster]/who-can/route";
import { world } from "@/lib/scan/testing-world";
import { saveCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { saveScopeSettings } from "@/lib/store/scope-settings";
import { startDatabases } from "@/lib/store/testing/test-databases";
import type { FilledReader } from "./open-reader";
import { loadSettingsAt } from "./settings-at";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

const RBAC = "rbac.authorization.k8s.io";
const binding = {
  apiVersion: `${RBAC}/v1`,
  kind: "ClusterRoleBinding",
  metadata: { name: "readers" },
  roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "reader" },
  subjects: [{ kind: "ServiceAccount", name: "default", namespace: "shop" }],
};

/** What people see of the first snapshot, wherever settings have a say. */
async function pages() {
  const resource = await cluster.ask(getResource, "?at=1", { groupKind: "apps.Deployment", namespace: "shop", name: "app-0000" });
  return {
    rings: resource.rings.map(({ layer, met, failing }: { layer: string; met: number; failing: number }) => ({ layer, met, failing })),
    holders: (await cluster.ask(getWhoCan, "?at=1&verb=get&resource=pods")).holders.map(({ isPlatform }: { isPlatform: boolean }) => isPlatform),
    network: (await cluster.ask(getNetwork, "?at=1")).rows,
    podSecurity: (await cluster.ask(getPodSecurity, "?at=1")).rows,
  };
}

it("shows a snapshot as it was judged, whatever the settings became since", async () => {
  await cluster.save({ trustedRegistries: ["registry.example"], platformNamespaces: ["shop"] });
  expect(await cluster.scan([...world(1), binding])).toBe(1);
  const before = await pages();
  expect(before.holders).toEqual([true]);

  await cluster.save({ requireCpuLimit: true, disabledControls: { "host-pid": "Not asked here.", "host-network": "Not asked here." } });
  expect(await pages()).toEqual(before);
});

it("keeps no answer about the network by settings that are no longer those of a snapshot without its own", async () => {
  await cluster.save({ platformNamespaces: [] });
  const seq = await cluster.scan([...world(1), binding]);
  await getDatabase().pool.query("DELETE FROM scope_settings");
  await cluster.forget();
  const isPlatform = async () => {
    const asked = `?at=${seq}&workload=shop/Deployment/app-0000`;
    const [{ workload }, { proposal }] = [await cluster.ask(getNetworkWorkload, asked), await cluster.ask(getNetworkPolicy, asked)];
    return [workload.scope === "platform", proposal.isPlatform];
  };
  expect(await isPlatform()).toEqual([false, false]);
  await cluster.save({ platformNamespaces: ["shop"] });
  expect(await isPlatform()).toEqual([true, true]);
});

it("keeps no fix that was tried by settings that are no longer those of a snapshot without its own", async () => {
  await cluster.save({ platformNamespaces: [] });
  const seq = await cluster.scan([...world(1), binding]);
  await getDatabase().pool.query("DELETE FROM scope_settings");
  await cluster.forget();
  const { rows } = await cluster.ask(getFindings, `?at=${seq}&namespace=shop&kind=Deployment`);
  const look = async (id: string) => (await cluster.call(getFinding, `?at=${seq}`, { id })).body.gain?.isTried;
  const tried = () => Promise.all(rows.map(({ id }: { id: string }) => look(id)));
  expect(await tried()).toContain(true);
  // What is judged is of the platform then, and no longer what was stored.
  await cluster.save({ platformNamespaces: ["shop"] });
  expect(await tried()).not.toContain(true);
});

it("tells what the API server made for itself whatever settings a snapshot without its own is read with", async () => {
  const scopesBy = async (platformNamespaces: readonly string[]) => {
    await cluster.save({ platformNamespaces });
    const { rows } = await cluster.ask(getResources, "?at=1&kind=ClusterRoleBinding");
    return rows.map(({ key, scope }: { key: string; scope: string }) => [key, scope]);
  };
  const first = await scopesBy([]);
  expect(first.length).toBeGreaterThan(0);
  expect(await scopesBy(["shop"])).toEqual(first);
  await cluster.forget();
  expect(await scopesBy(["shop"])).toEqual(first);
});

it("finds the settings of an old snapshot once a scan with the same has written them down", async () => {
  const databases = await startDatabases("pglite");
  try {
    const { pool, prisma } = await databases.open();
    const { id } = await saveCluster(prisma, { slug: "old", name: "Old", source: "kubeconfig" });
    const reader = { pool, cluster: { id, settings: { platformNamespaces: ["today"] } }, at: { scopeHash: "0123" } } as unknown as FilledReader; // all that is read
    expect((await loadSettingsAt(reader)).platformNamespaces).toEqual(["today"]);
    await saveScopeSettings(pool, id, "0123", { platformNamespaces: ["then"] });
    expect((await loadSettingsAt(reader)).platformNamespaces).toEqual(["then"]);
  } finally {
    await databases.stop();
  }
});
