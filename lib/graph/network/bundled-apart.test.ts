import { beforeEach, expect, test, vi } from "vitest";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import { NO_GAPS } from "./policy-gaps";
import { reachView } from "./reach";
import { listReachRows } from "./reach-rows";
import { contextOf } from "./testing-worlds";

const allowed = {
  ...networkPolicy({ name: "allowed" }),
  spec: { podSelector: { matchLabels: { app: "db" } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: "web" } } }], ports: [{ port: "sql" }] }] },
};
const objects = [namespace(), deployment({ name: "web" }), deployment({ name: "db", container: { ports: [{ name: "sql", containerPort: 5432 }] } }), allowed];
const pause = async () => undefined;

beforeEach(() => {
  // From here on, modules are loaded anew, as pages and the API each have their own.
  vi.resetModules();
});

test("what pages have made of a set, the API explains, which is bundled apart and shares it", async () => {
  const reach = contextOf(objects).view(reachView);
  const { classes } = reach.classes;
  const other = await import("./reach-rows");
  expect(other.listReachRows).not.toBe(listReachRows);
  const rows = await other.listReachRows(reach, classes, classes, pause);
  expect(rows.map(({ state }) => state)).toEqual(["open", "restricted", "closed"]);
  expect(rows).toEqual(await listReachRows(contextOf(objects).view(reachView), classes, classes, pause));
});

test("that nothing is left unread is told by what was read, and not by who says it", async () => {
  const other = await import("./policy-gaps");
  expect(other.NO_GAPS).not.toBe(NO_GAPS);
  expect(other.hasGaps(NO_GAPS)).toBe(false);
  expect(other.hasGaps({ admin: "It was refused." })).toBe(true);
});
