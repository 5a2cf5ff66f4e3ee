import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { deployment, namespace } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { getDatabase } from "@/lib/store/database-handle";
import { toFingerprint } from "@/lib/store/digests";
import { packManifest, unpackManifest } from "@/lib/store/manifest-body";
import { toPublicId } from "@/lib/store/public-id";

const HOST_PID = "host-pid";
const PRIVILEGED = "container-privileged";
let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

const app = (name: string, privileged: boolean, labels = {}) => deployment({ name, metadata: { labels }, container: { securityContext: { privileged } } });

/** The last snapshot becomes one of another release, which failed two objects that this one passes and saw nothing in a third. */
async function judgeByAnotherRelease(): Promise<void> {
  const { pool } = getDatabase();
  await pool.query("INSERT INTO catalogue (version, controls) SELECT '2026.10-1-abcd', controls FROM catalogue LIMIT 1");
  await pool.query("UPDATE snapshot SET catalogue_version = '2026.10-1-abcd'");
  const evidence = JSON.stringify([{ path: "spec.template.spec.hostPID", value: null, message: "It might share the processes of its node." }]);
  for (const name of ["same", "touched"]) {
    const key = `apps/Deployment/shop/${name}`;
    const fingerprint = toFingerprint(HOST_PID, key, "");
    const { rows } = await pool.query<{ id: number }>(
      `INSERT INTO finding (cluster_id, public_id, fingerprint, control_id, layer, resource_id, locator, first_seq)
       SELECT cluster_id, $2, decode($3, 'hex'), $4, 'container', id, '', 1 FROM resource WHERE key = $1 RETURNING id`,
      [key, toPublicId(1, fingerprint), fingerprint, HOST_PID],
    );
    await pool.query(
      `INSERT INTO finding_span (finding_id, cluster_id, opened_seq, open_since_seq, scope, state, severity, evidence, digest, opened_cause)
       SELECT $1, cluster_id, 1, 1, 'workload', 'fail', 'high', $2::jsonb, '\\x00', 'first-scan' FROM finding WHERE id = $1`,
      [rows[0]?.id, evidence],
    );
  }
  await pool.query(
    `DELETE FROM finding_span USING finding f, resource r WHERE f.id = finding_id AND r.id = f.resource_id AND r.name = 'seen' AND f.control_id = $1`,
    [PRIVILEGED],
  );
}

it("lays what a new release judges otherwise at the catalogue's door, and leaves to people what they changed", async () => {
  await cluster.scan([namespace(), app("same", false), app("touched", false), app("mended", true), app("broken", false), app("seen", true)]);
  await judgeByAnotherRelease();
  const tier = { tier: "web" };
  await cluster.scan([namespace(), app("same", false), app("touched", false, tier), app("mended", false), app("broken", true), app("seen", true, tier)]);
  const compare: CompareResponse = (await cluster.call(getCompare)).body;
  const told = (rows: CompareResponse["closed"], control: string) =>
    rows.filter((row) => row.control === control).map((row) => `${row.resource.name} ${row.change}`);
  expect(told(compare.closed, HOST_PID).sort()).toEqual(["same control-changed", "touched control-changed"]);
  expect(told(compare.closed, PRIVILEGED)).toEqual(["mended fixed"]);
  const { rows } = await getDatabase().pool.query<{ told: string }>(
    `SELECT r.name || ' ' || s.opened_cause AS told FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE s.opened_seq = 2 AND f.control_id = $1 ORDER BY 1`,
    [PRIVILEGED],
  );
  expect(rows.map((row) => row.told)).toEqual(["broken changed-resource", "seen new-catalogue"]);
  const touched = compare.closed.find((row) => row.control === HOST_PID && row.resource.name === "touched");
  const finding = (await cluster.call(getFinding, "", { id: touched?.id ?? "" })).body;
  expect([finding.state, finding.story.at(-1)]).toEqual([
    "not-failing",
    expect.stringMatching(/^It no longer fails since [^.]+, because its control changed\.$/),
  ]);
});

it("names the release that rates a finding higher, and the control that it adds", async () => {
  const bare = (name: string, labels = {}) =>
    deployment({ name, metadata: { labels }, container: { securityContext: { privileged: true }, resources: { limits: { memory: undefined } } } });
  const at = await cluster.scan([namespace(), bare("same"), bare("touched")]);
  const { pool } = getDatabase();
  const added = "resource-limits-missing";
  await pool.query(
    `INSERT INTO catalogue (version, controls) SELECT '2026.09-1-abcd', jsonb_agg(entry) FROM catalogue c, jsonb_array_elements(c.controls) AS entry
     WHERE c.version = (SELECT catalogue_version FROM snapshot WHERE seq = $1) AND entry->>'id' <> $2`,
    [at, added],
  );
  await pool.query("UPDATE snapshot SET catalogue_version = '2026.09-1-abcd' WHERE seq = $1", [at]);
  const removed = await pool.query("DELETE FROM finding_span USING finding f WHERE f.id = finding_id AND f.control_id = $1", [added]);
  expect(removed.rowCount).toBeGreaterThan(1);
  await pool.query("DELETE FROM finding WHERE control_id = $1", [added]);
  await pool.query("UPDATE finding_span s SET severity = 'low' FROM finding f WHERE f.id = s.finding_id AND f.control_id = $1 AND s.closed_seq IS NULL", [
    PRIVILEGED,
  ]);
  await cluster.scan([namespace(), bare("same"), bare("touched", { tier: "web" })]);
  const compare: CompareResponse = (await cluster.call(getCompare, `?since=${at}`)).body;
  const told = (rows: CompareResponse["closed"], control: string) =>
    rows.filter((row) => row.control === control).map((row) => `${row.resource.name} ${row.change}`);
  expect(told(compare.worsened, PRIVILEGED).sort()).toEqual(["same worsened-by-control", "touched worsened-by-control"]);
  expect(told(compare.opened, added).sort()).toEqual(["same new-control", "touched new-control"]);
  expect(compare.ledger).toMatchObject({ new: 0, reopened: 0, newControl: 2, worsened: 0, worsenedByControl: 2 });
  const story = async (rows: CompareResponse["closed"]) => (await cluster.call(getFinding, "", { id: rows[0]?.id ?? "" })).body.story.at(-1);
  expect(await story(compare.worsened)).toMatch(/^It is rated critical since [^.]+, because its control changed\.$/);
  expect(await story(compare.opened)).toMatch(/^It opened on [^.]+, when its control was added\.$/);
});

it("lays a credential that a new release knows at its door, though an earlier one stored it as it stood", async () => {
  const annotations = { "example.com/password": "Tr0ub4dor33" };
  const holder = (name: string) => deployment({ name, metadata: { annotations } });
  const at = await cluster.scan([namespace(), holder("same"), deployment({ name: "given" })]);
  const { pool } = getDatabase();
  await pool.query("INSERT INTO catalogue (version, controls) SELECT '2026.08-1-abcd', controls FROM catalogue WHERE version <> '2026.08-1-abcd' LIMIT 1");
  await pool.query("UPDATE snapshot SET catalogue_version = '2026.08-1-abcd' WHERE seq = $1", [at]);
  await pool.query("DELETE FROM finding_span USING finding f WHERE f.id = finding_id AND f.control_id = 'secret-literal-in-spec'");
  const { rows } = await pool.query<{ id: number; body: Uint8Array }>(
    "SELECT v.id, v.body FROM resource_version v JOIN resource r ON r.id = v.resource_id WHERE r.name = 'same' AND v.to_seq IS NULL",
  );
  const stored = JSON.parse(unpackManifest(rows[0]?.body ?? new Uint8Array()));
  stored.metadata.annotations = annotations;
  await pool.query("UPDATE resource_version SET body = $2, digest = '\\x00' WHERE id = $1", [rows[0]?.id, packManifest(JSON.stringify(stored))]);
  await cluster.scan([namespace(), holder("same"), holder("given")]);
  const { rows: told } = await pool.query<{ told: string }>(
    `SELECT r.name || ' ' || s.opened_cause AS told FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE s.opened_seq = $1 AND f.control_id = 'secret-literal-in-spec' ORDER BY 1`,
    [at + 1],
  );
  expect(told.map((row) => row.told)).toEqual(["given changed-resource", "same new-catalogue"]);
});

it("does not call new what an earlier release never asked the cluster for", async () => {
  const route = (name: string) => ({
    apiVersion: "route.openshift.io/v1",
    kind: "Route",
    metadata: { name, namespace: "shop" },
    spec: { host: `${name}.example.com`, to: { kind: "Service", name: "web" } },
  });
  const { pool } = getDatabase();
  const at = await cluster.scan([namespace(), deployment()]);
  // As a release leaves it that asks no cluster for Routes.
  await pool.query(
    `INSERT INTO coverage_set (cluster_id, digest, body)
     SELECT cluster_id, '\\x00', jsonb_agg(entry) FILTER (WHERE entry->>'kind' <> 'Route') FROM coverage_set, jsonb_array_elements(body) AS entry
     WHERE id = (SELECT coverage_id FROM snapshot WHERE seq = $1) GROUP BY cluster_id`,
    [at],
  );
  await pool.query("UPDATE snapshot SET coverage_id = (SELECT max(id) FROM coverage_set) WHERE seq = $1", [at]);
  await cluster.forget();
  const compareSince = async (since: number) => {
    const { opened, ledger, waterfalls }: CompareResponse = (await cluster.call(getCompare, `?since=${since}`)).body;
    const rows = waterfalls.find(({ layer }) => layer === "code")?.rows ?? [];
    return {
      opened: opened.map(({ control, resource, change, before }) => `${control} ${resource.name} ${change} ${before.state}`).sort(),
      new: ledger.new,
      moved: rows.filter(({ points }) => points !== 0).map(({ cause }) => cause),
    };
  };
  const read = await cluster.scan([namespace(), deployment(), route("shop")]);
  const shop = "route-without-tls shop assessed not-judged";
  expect(await compareSince(at)).toMatchObject({ opened: [shop], new: 0, moved: ["coverage"] });
  await cluster.scan([namespace(), deployment(), route("shop"), route("later")]);
  expect(await compareSince(read)).toMatchObject({ opened: ["route-without-tls later new absent"], new: 1 });
  expect(await compareSince(at)).toMatchObject({ opened: ["route-without-tls later assessed not-judged", shop], new: 0 });
});
