import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { deployment, namespace, serviceAccount } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

/** What the largest clusters come to: there are more rights, and more of all else, than a page looks at. */
vi.mock("./load-surroundings", async (importActual) => ({ ...(await importActual<typeof import("./load-surroundings")>()), loadAround: async () => null }));
vi.mock("./rbac-at", async (importActual) => ({ ...(await importActual<typeof import("./rbac-at")>()), loadTriedRbac: async () => null }));

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan([namespace(), serviceAccount({ metadata: { automountServiceAccountToken: false } }), deployment()]);
});
afterAll(() => cluster.stop());

it("says of what an object meets that it is not counted, where that is too much for a page, and of what no control asks that none does", async () => {
  const { rings } = await cluster.ask(getResource, "", { groupKind: "ServiceAccount", namespace: "shop", name: "app" });
  const told = rings.map(({ layer, met, isMetKnown }: { layer: string; met: number; isMetKnown: boolean }) => [layer, met, isMetKnown]);
  expect(Object.fromEntries(told.map(([layer, ...ring]: unknown[]) => [layer, ring]))).toMatchObject({ cluster: [0, false], code: [0, true] });
});
