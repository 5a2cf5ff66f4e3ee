import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
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
