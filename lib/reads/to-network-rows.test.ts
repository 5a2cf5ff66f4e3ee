import { expect, it } from "vitest";
import { toNetworkRows } from "./to-network-rows";

const refs = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: `w${index}` }));
const rowOf = (count: number) => {
  const why = { direction: "ingress", kind: "closed", objects: refs(count), path: null, message: "" } as const;
  const lines = [{ spans: [], verdict: "closed", because: [why] }] as const;
  const { rows } = toNetworkRows([{ state: "closed", from: [{ namespace: "shop", members: refs(count) }], to: [], lines }], null);
  return rows[0];
};

it("sends more than a page shows at once, so that it can unfold them, and counts those beyond", () => {
  const row = rowOf(12);
  expect([row?.from[0]?.members.length, row?.lines[0]?.because[0]?.objects.length]).toEqual([12, 12]);
  const large = rowOf(1_000);
  expect([large?.from[0]?.members.length, large?.from[0]?.count]).toEqual([50, 1_000]);
  expect([large?.lines[0]?.because[0]?.objects.length, large?.lines[0]?.because[0]?.objectCount]).toEqual([20, 1_000]);
});

it("sends the first few of each row where a page has no room for more", () => {
  const ends = Array.from({ length: 12 }, (_, index) => ({ namespace: `n${index}`, members: refs(50) }));
  const rows = Array.from({ length: 60 }, () => ({ state: "open", from: ends, to: ends, lines: [] }) as const);
  const sent = toNetworkRows(rows, null).rows.flatMap(({ from, to }) => [...from, ...to].map(({ members }) => members.length));
  expect([sent.length, sent[0], sent.at(-1)]).toEqual([60 * 24, 50, 7]);
  expect(sent.reduce((sum, length) => sum + length - 7, 0)).toBe(1_000);
});
