import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCluster } from "@/app/api/v1/clusters/[cluster]/route";
import { GET as exportFindings } from "@/app/api/v1/clusters/[cluster]/findings/export/route";
import { GET as exportFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/export/route";
import { PUT as putSchedule } from "@/app/api/v1/clusters/[cluster]/schedule/route";
import { AppError } from "../errors/app-error";
import { saveCluster } from "../store/clusters";
import { setDatabase } from "../store/database-handle";
import { withDatabase } from "../store/testing/with-database";
import { scanEvents } from "./scan-events";

const used = withDatabase("pglite");
beforeAll(async () => {
  setDatabase(used.database);
  await saveCluster(used.database.prisma, { slug: "shop", name: "shop", source: "demo" });
});
afterAll(() => setDatabase(null));

const ask = (route: typeof getCluster, query = "", init: RequestInit = {}, cluster = "shop"): Promise<Response> =>
  route(new Request(`http://localhost/${query}`, init), { params: Promise.resolve({ cluster }) });
const schedule = (minutes: number): Promise<Response> => {
  const body = JSON.stringify({ intervalMinutes: minutes, isPaused: false });
  return ask(putSchedule, "", { method: "PUT", body, headers: { "content-type": "application/json" } });
};
const ID = expect.stringMatching(/^[\da-f]{8}-[\da-f-]{27}$/);
const headersOf = ({ status, headers }: Response) => ({ status, ...Object.fromEntries(headers) });

it("marks what is read, which nobody on the way keeps and whoever read it asks again for, and says no more to who has it", async () => {
  const first = await ask(getCluster);
  const etag = first.headers.get("etag") ?? "";
  const marked = { etag: expect.stringMatching(/^"[\w-]{22}"$/), "cache-control": "private, no-cache", "x-request-id": ID };
  expect(headersOf(first)).toEqual({ status: 200, "content-type": "application/json", ...marked });
  const unchanged = await ask(getCluster, "", { headers: { "if-none-match": etag } });
  expect([headersOf(unchanged), await unchanged.text()]).toEqual([{ status: 304, ...marked, etag }, ""]);
  expect(unchanged.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));

  await schedule(90);
  const changed = await ask(getCluster, "", { headers: { "if-none-match": etag } });
  expect([changed.status, changed.headers.get("etag") === etag, await changed.json()]).toMatchObject([200, false, { schedule: { intervalMinutes: 90 } }]);
});

it("lets nobody keep what is written, a file, what goes on, and what failed", async () => {
  const kept = { "cache-control": "no-store", "x-request-id": ID };
  expect(headersOf(await schedule(60))).toEqual({ status: 200, "content-type": "application/json", ...kept });
  for (const [format, type] of [
    ["csv", "text/csv; charset=utf-8"],
    ["json", "application/json"],
  ]) {
    const file = { "content-type": type, "content-disposition": `attachment; filename="findings-shop.${format}"`, ...kept };
    expect(headersOf(await ask(exportFindings, `?format=${format}`))).toEqual({ status: 200, ...file });
  }
  const framework = await exportFramework(new Request("http://localhost/?format=json"), { params: Promise.resolve({ cluster: "shop", framework: "cis" }) });
  expect(framework.headers.get("content-disposition")).toMatch(/^attachment; filename="CIS-Kubernetes-[\d.]+-shop\.json"$/);
  const events = await ask(scanEvents);
  const stream = { "content-type": "text/event-stream", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };
  expect(headersOf(events)).toEqual({ status: 200, ...stream });
  await events.body?.cancel();

  for (const [query, cluster, status, message] of [
    ["", "nowhere", 404, "There is no cluster named nowhere."],
    ["?nope=1", "shop", 400, "Unknown parameter: nope."],
    ["?nope=1&nope=1", "shop", 400, "The parameter nope is given more than once."],
  ] as const) {
    const failed = await ask(getCluster, query, {}, cluster);
    expect(headersOf(failed)).toEqual({ status, "content-type": "application/json", ...kept });
    expect(await failed.json()).toMatchObject({ message, requestId: failed.headers.get("x-request-id") });
  }
});

it("changes nothing in a database that belongs to a newer version by now, and goes on reading it", async () => {
  await schedule(60);
  const requireCurrent = () => Promise.reject(new AppError("conflict", "The database belongs to a newer version."));
  setDatabase({ ...used.database, requireCurrent });
  const refused = await schedule(90);
  expect([refused.status, await refused.json()]).toMatchObject([409, { code: "conflict" }]);
  const read = await ask(getCluster);
  expect([read.status, await read.json()]).toMatchObject([200, { schedule: { intervalMinutes: 60 } }]);
  setDatabase(used.database);
});
