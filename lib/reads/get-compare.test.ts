import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as exportFindings } from "@/app/api/v1/clusters/[cluster]/findings/export/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, namespace } from "@/lib/inventory/testing";
import { getCompareOrFirst } from "./get-compare";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const PRIVILEGED = "container-privileged";
const BAD = { securityContext: { privileged: true } };
const HELD = { securityContext: { privileged: false } };

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan([namespace(), deployment({ name: "cart", container: BAD }), deployment({ name: "old", container: BAD }), deployment({ name: "till" })]);
  await cluster.scan([
    namespace(),
    deployment({ name: "cart", container: HELD }),
    deployment({ name: "new", container: BAD }),
    deployment({ name: "till", container: BAD }),
  ]);
  await cluster.save({ disabledControls: { [PRIVILEGED]: "Reviewed by hand." } });
  await cluster.scan([namespace(), deployment({ name: "new", container: BAD }), deployment({ name: "till", container: BAD })]);
});
afterAll(() => cluster.stop());

async function changes(query: string): Promise<string[]> {
  const body: CompareResponse = (await cluster.call(getCompare, query)).body;
  const words = ({ state, read }: CompareResponse["closed"][number]["before"]): string => `${state}${read === null ? "" : ` (${read.replace(/^.*\./, "")})`}`;
  return [...body.opened, ...body.closed]
    .filter(({ control }) => control === PRIVILEGED)
    .map((row) => `${row.resource.name} ${row.change}: ${words(row.before)}, ${words(row.after)}`)
    .sort();
}

it("says of each change what the field was and is, and keeps what was fixed apart from what went with its object", async () => {
  expect(await changes("?since=1&at=2")).toEqual([
    "cart fixed: open (privileged: true), clear (privileged: false)",
    "new new: absent, open (privileged: true)",
    "old gone: open (privileged: true), absent",
    "till new: clear (privileged: not set), open (privileged: true)",
  ]);
});

it("refuses to compare a first snapshot, of which a page is told that it is the first, and whether it is the only one", async () => {
  expect((await cluster.call(getCompare, "?at=1")).status).toBe(404);
  expect(await getCompareOrFirst("c", { at: 1 })).toEqual({ first: expect.objectContaining({ seq: 1 }), isNow: false });
  expect(await getCompareOrFirst("c", { at: 2 })).toHaveProperty("from.seq", 1);
  await cluster.add("young");
  await cluster.scan([namespace()], [], "young");
  expect(await getCompareOrFirst("young", {})).toEqual({ first: expect.objectContaining({ seq: 1 }), isNow: true });
});

it("takes a control that was switched off for no fix", async () => {
  expect(await changes("?since=2&at=3")).toEqual([
    "new control-off: open (privileged: true), not-judged",
    "till control-off: open (privileged: true), not-judged",
  ]);
  const { ledger }: CompareResponse = (await cluster.call(getCompare, "?since=2&at=3")).body;
  expect([ledger.controlOff, ledger.otherClosed]).toEqual([2, 2]);
});

it("counts what is worse on workloads alone, however much of the platform is worse too", async () => {
  const many = (count: number, of: string) => Array.from({ length: count }, (_, i) => deployment({ name: `${of}-${i}`, namespace: of, container: BAD }));
  const objects = [namespace(), namespace({ name: "kube-system" }), ...many(2, "shop"), ...many(101, "kube-system")];
  await cluster.save({ disabledControls: {}, reweightedControls: { [PRIVILEGED]: { severity: "low", reason: "One tenant." } } });
  const since = await cluster.scan(objects);
  await cluster.save({ reweightedControls: {} });
  const at = await cluster.scan(objects);
  const { ledger, worsened }: CompareResponse = (await cluster.call(getCompare, `?since=${since}&at=${at}`)).body;
  expect([ledger.worsened, ledger.worsenedBySettings, ledger.worsenedByControl, worsened.length]).toEqual([0, 2, 0, 2]);
});

it("tells what is seen for the first time from what came and what opened, in the answer and in the file of what opened", async () => {
  const service = (name: string) => ({ apiVersion: "v1", kind: "Service", metadata: { name, namespace: "shop" }, spec: { selector: { app: name } } });
  const seen = { cluster: "seen" };
  await cluster.add(seen.cluster);
  const services = [service("a"), service("b")];
  const blind = await cluster.scan([namespace(), ...services], ["services"], seen.cluster);
  const seeing = await cluster.scan([namespace(), deployment({ name: "till", container: BAD }), ...services], [], seen.cluster);
  const blindAgain = await cluster.scan([namespace()], ["services"], seen.cluster);
  const ask = async (since: number, at: number): Promise<CompareResponse> => cluster.ask(getCompare, `?since=${since}&at=${at}`, seen);

  const { ledger, layers, ...counts } = await ask(blind, seeing);
  expect(counts).toMatchObject({ resourcesAdded: 1, resourcesFirstRead: 2, resourcesGone: 0 });
  expect([ledger.assessed > 0, ledger.new > 0]).toEqual([true, true]);
  const codeOf = (all: CompareResponse["layers"]) => all.find(({ layer }) => layer === "code");
  expect(codeOf(layers)?.sinceCoverage).toBeLessThan(codeOf(layers)?.coverage ?? 0);
  expect(codeOf((await ask(seeing, blindAgain)).layers)?.sinceCoverage).toBe(codeOf(layers)?.coverage);
  // What nobody can see any more is not gone.
  expect(await ask(seeing, blindAgain)).toMatchObject({ resourcesAdded: 0, resourcesFirstRead: 0, resourcesGone: 1 });

  const file = (query: string) => cluster.ask(exportFindings, `?format=json&at=${seeing}&since=${blind}${query}`, seen);
  const kinds = (rows: readonly { readonly wasAssessed: boolean | null; readonly resource: { readonly kind: string } }[], told: boolean | null) =>
    new Set(rows.filter(({ wasAssessed }) => wasAssessed === told).map(({ resource }) => resource.kind));
  const opened = await file("&tab=opened");
  expect([kinds(opened, false), kinds(opened, true).has("Deployment"), kinds(opened, null).size]).toEqual([new Set(["Service"]), true, 0]);
  expect(kinds(await file(""), null).has("Service")).toBe(true);
});
