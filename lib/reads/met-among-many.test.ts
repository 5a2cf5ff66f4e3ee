import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { listControls } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { clusterRole, deployment, namespace, roleBinding, serviceAccount } from "@/lib/inventory/testing";
import type { ResourceRef } from "@/lib/model/resource-ref";
import { type ScannedCluster, startScanned } from "./testing-scanned";
import { toInventory } from "./to-inventory";

const CLOUD_ROLE = { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/shared" } };
const secret = (name: string) => ({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace: "shop" }, type: "Opaque" });
/** What one namespace holds, and more accounts in another than a page joins with all else. */
const OBJECTS = [
  namespace(),
  deployment({ podSpec: { volumes: [{ name: "keys", secret: { secretName: "keys" } }] } }),
  serviceAccount(),
  serviceAccount({ name: "cloudy", metadata: CLOUD_ROLE }),
  secret("keys"),
  secret("idle"),
  clusterRole({ name: "edit", metadata: { labels: { "kubernetes.io/bootstrapping": "rbac-defaults" } } }),
  roleBinding({ name: "editor", roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" } }),
  namespace({ name: "crowd" }),
  serviceAccount({ name: "cloudy-too", namespace: "crowd", metadata: CLOUD_ROLE }),
  ...Array.from({ length: 4_001 }, (_, at) => serviceAccount({ name: `a-${at}`, namespace: "crowd" })),
];

let cluster: ScannedCluster;
/** By kind, namespace and name: the controls that the whole cluster shows to be met, without those that sum up others. */
const met = new Map<string, string[]>();
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.save({ optInSources: ["secret-metadata"] });
  await cluster.scan(OBJECTS);
  const nameOf = ({ kind, namespace: home, name }: ResourceRef): string => `${kind}/${home ?? "-"}/${name}`;
  const inventory = toInventory(OBJECTS, { kubeVersion: "v1.34.0", takenAt: new Date("2026-01-01T00:00:00Z"), settings: DEFAULT_SETTINGS });
  const single = listControls().filter(({ isRollUp }) => !isRollUp);
  for (const { resource, control, state } of judge(inventory, single))
    if (state === "pass") met.set(nameOf(resource), [...(met.get(nameOf(resource)) ?? []), control]);
});
afterAll(() => cluster.stop());

it.each([
  ["Namespace/-/shop", 4],
  ["ServiceAccount/shop/app", 24],
  ["ServiceAccount/shop/cloudy", 3],
  ["ServiceAccount/crowd/a-7", 2],
  ["Secret/shop/keys", 1],
  ["Secret/shop/idle", 0],
])("counts what %s meets as the scan did, in a cluster of more objects than a page joins", async (asked, atLeast) => {
  const [groupKind = "", home = "", name = ""] = asked.split("/");
  const { rings } = await cluster.ask(getResource, "", { groupKind, namespace: home, name });
  const found = rings.reduce((sum: number, ring: { met: number }) => sum + ring.met, 0);
  expect(found).toBe(met.get(asked)?.length ?? 0);
  expect(found).toBeGreaterThanOrEqual(atLeast);
});
