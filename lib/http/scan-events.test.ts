import { beforeAll, expect, it } from "vitest";
import { saveCluster } from "../store/clusters";
import { setDatabase } from "../store/database-handle";
import { withDatabase } from "../store/testing/with-database";
import { scanEvents } from "./scan-events";

const MAX_STREAMS = 100;
const used = withDatabase("pglite");
beforeAll(async () => {
  setDatabase(used.database);
  await saveCluster(used.database.prisma, { slug: "shop", name: "shop", source: "demo" });
});

const open = (signal?: AbortSignal): Promise<Response> => {
  const request = new Request("http://localhost:3000/api/v1/clusters/shop/scans/events", signal ? { signal } : {});
  return scanEvents(request, { params: Promise.resolve({ cluster: "shop" }) });
};

it("keeps no more streams open than people could, and takes more once others have left, however they leave", async () => {
  const leaving = new AbortController();
  const gone = new AbortController();
  gone.abort();
  const [first, second, ...others] = await Promise.all(Array.from({ length: MAX_STREAMS }, (_, i) => open(i === 0 ? leaving.signal : undefined)));
  expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
  const refused = await open();
  expect([refused.status, await refused.json()]).toMatchObject([503, { message: expect.stringMatching(/^100 pages and programs follow scans already/) }]);
  leaving.abort();
  await second?.body?.cancel();
  expect(first?.status).toBe(200);
  // Who had left before keeps no place.
  for (let asked = 0; asked < 3; asked += 1) expect((await open(gone.signal)).status).toBe(200);
  const later = [await open(), await open()];
  expect(later.map(({ status }) => status)).toEqual([200, 200]);
  expect((await open()).status).toBe(503);
  await Promise.all([...others, ...later].map((answer) => answer.body?.cancel()));
});
