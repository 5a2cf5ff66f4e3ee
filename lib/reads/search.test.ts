import { afterAll, beforeAll, expect, it } from "vitest";
import { GET } from "@/app/api/v1/clusters/[cluster]/search/route";
import type { SearchResponse } from "@/lib/contracts/snapshots";
import { getDatabase } from "@/lib/store/database-handle";
import { deployment } from "@/lib/scan/testing-world";
import { type ScannedCluster, startScanned } from "./testing-scanned";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
  await cluster.scan([namespace, deployment("old-cart")]);
  await cluster.scan([namespace, deployment("new-cart"), deployment("privileged-gatekeeper")]);
});
afterAll(() => cluster.stop());

async function find(q: string, moment = ""): Promise<SearchResponse["hits"]> {
  return (await cluster.call(GET, `?q=${encodeURIComponent(q)}${moment}`)).body.hits;
}

it("finds what there was at the moment", async () => {
  const names = async (moment?: string) => (await find("cart", moment)).map(({ title }) => title);
  expect(await names()).toEqual(["new-cart"]);
  expect(await names("&at=1")).toEqual(["old-cart"]);
});

it("finds a framework by words of its name, and a clause by its id, where its page has it", async () => {
  expect(await find("top owasp")).toEqual([{ kind: "framework", title: "OWASP Kubernetes Top 10, 2025", note: "10 clauses", href: "/c/c/frameworks/owasp" }]);
  expect(await find("t1611")).toEqual([
    { kind: "clause", title: "T1611 From a container out to its host", note: "MITRE ATT&CK", href: "/c/c/frameworks/mitre?view=list#T1611" },
  ]);
  expect((await find("5.2.3")).map(({ note, href }) => [note, href])).toContainEqual(["CIS Kubernetes 1.12", "/c/c/frameworks/cis#5.2.3"]);
});

it("names the controls that say what was typed before those whose id does alone, the worst first", async () => {
  const titles = (await find("privileged")).filter(({ kind }) => kind === "control").map(({ title }) => title);
  expect(titles.slice(0, 2)).toEqual(["Containers do not run privileged", "Namespaces refuse privileged pods by Pod Security"]);
  expect((await find("sa-privileged")).map(({ title }) => title)).toContain("Default service accounts have no rights");
  const gates = (await find("gate")).filter(({ kind }) => kind === "control").map(({ title }) => title);
  expect(gates.at(0)).toMatch(/^Gateway/);
  expect(gates.at(-1)).toMatch(/aggregated/);
});

it("finds a finding by its id as people type it, and names it as it is written", async () => {
  const { rows } = await getDatabase().pool.query<{ id: string }>("SELECT public_id AS id FROM finding WHERE public_id ~ '[01]' LIMIT 1");
  const id = rows[0]?.id ?? "";
  const typed = ` ${id.toLowerCase().replaceAll("0", "o").replaceAll("1", "l")} `;
  expect(await find(typed)).toContainEqual({ kind: "finding", title: id, note: "Finding in c", href: `/c/c/findings/${id}` });
});

it("refuses to look for nothing: every framework has no word", async () => {
  expect((await cluster.call(GET, "?q=%20")).status).toBe(400);
});

it("names controls that apply to nothing here after the resources of that name", async () => {
  const hits = (await find("gate")).filter(({ kind }) => kind !== "framework");
  expect(hits.map(({ kind, title }) => (kind === "resource" ? title : kind))).toEqual(["privileged-gatekeeper", ...hits.slice(1).map(() => "control")]);
  expect(hits.length).toBeGreaterThan(1);
  const named = (await find("privileged")).map(({ kind }) => kind);
  expect(named.indexOf("control")).toBeLessThan(named.indexOf("resource"));
});
