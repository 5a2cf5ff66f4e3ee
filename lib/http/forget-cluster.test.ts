import { afterAll, beforeAll, expect, it } from "vitest";
import { DELETE, GET } from "@/app/api/v1/clusters/[cluster]/route";
import { saveCluster } from "../store/clusters";
import { commitSnapshot } from "../store/commit-snapshot";
import { setDatabase } from "../store/database-handle";
import { finishScan, startScan } from "../store/scans";
import { makeSnapshot } from "../store/testing/make-snapshot";
import { withDatabase } from "../store/testing/with-database";
import { scanEvents } from "./scan-events";

const used = withDatabase("pglite");
beforeAll(() => setDatabase(used.database));
afterAll(() => setDatabase(null));

const call = (handler: typeof GET, address: string, init: RequestInit = {}): Promise<Response> => {
  const url = new URL(`http://localhost:3000/api/v1/clusters/${address}`);
  return handler(new Request(url, init), { params: Promise.resolve({ cluster: url.pathname.split("/")[4] ?? "" }) });
};
const forget = async (address: string, headers: Record<string, string> = {}) => {
  const answer = await call(DELETE, address, { method: "DELETE", headers });
  return [answer.status, await answer.json()];
};

it("is forgotten by who says its name twice, while nobody scans it, and once; those who follow its scans are sent away", async () => {
  const { pool, prisma } = used.database;
  const { id } = await saveCluster(prisma, { slug: "shop", name: "shop", source: "kubeconfig" });
  await commitSnapshot(pool, makeSnapshot(id, { resources: [{ name: "a", content: "x" }], verdicts: [{ control: "c1", on: "a" }] }));
  const scan = await startScan(pool, id, "manual", "a server");
  const reader = (await call(scanEvents, "shop/scans/events")).body?.getReader();

  expect(await forget("shop")).toMatchObject([400, { code: "bad-request" }]);
  expect(await forget("shop?confirm=shops")).toMatchObject([400, { message: "Nothing was forgotten: the name of the cluster is shop." }]);
  expect(await forget("shop?confirm=shop", { origin: "http://elsewhere:3000", host: "localhost:3000" })).toMatchObject([403, { code: "forbidden" }]);
  expect(await forget("shops?confirm=shops")).toMatchObject([404, { message: "There is no cluster named shops." }]);
  expect(await forget("shop?confirm=shop")).toMatchObject([409, { message: expect.stringMatching(/^Nothing was forgotten: the cluster is being scanned\./) }]);
  expect((await call(GET, "shop")).status).toBe(200);

  await finishScan(pool, scan.id, { state: "cancelled" });
  expect(await forget("shop?confirm=shop")).toEqual([200, { snapshots: 1, findings: 1 }]);
  const gone = [410, { code: "gone", message: expect.stringMatching(/^The cluster shop was forgotten on .+ UTC\.$/) }];
  expect(await forget("shop?confirm=shop")).toMatchObject(gone);
  const read = await call(GET, "shop");
  expect([read.status, await read.json()]).toMatchObject(gone);
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read());
  expect((await call(scanEvents, "shop/scans/events")).status).toBe(410);
});
