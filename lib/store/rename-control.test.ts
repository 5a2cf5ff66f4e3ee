import { describe, expect, it } from "vitest";
import { saveCatalogue } from "./catalogues";
import { saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { makeSnapshot, type World } from "./testing/make-snapshot";
import { withDatabase } from "./testing/with-database";

const RESOURCES: World["resources"] = [{ name: "a", content: "1" }];

describe.each(DATABASE_KINDS)("rename_control on %s", (kind) => {
  const used = withDatabase(kind);

  /** Snapshots by releases of which each has one of these controls, which finds the same object. */
  async function scanBy(slug: string, controls: readonly string[]) {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug, name: slug, source: "demo" });
    const scan = async (control: string) => {
      const catalogueVersion = `${slug} ${control}`;
      await saveCatalogue(pool, catalogueVersion, [{ id: control, layer: "container", severity: "high" }]);
      const tallies = [
        { key: control, n: 1, failing: 1 },
        { dimension: "namespace-control" as const, key: `shop|${control}`, n: 1, failing: 1 },
      ];
      return commitSnapshot(pool, makeSnapshot(id, { resources: RESOURCES, verdicts: [{ control, on: "a" }], tallies, catalogueVersion }));
    };
    for (const control of controls) await scan(control);
    const list = async () => {
      const { rows } = await pool.query<{ told: string }>(
        `SELECT concat_ws(' ', f.public_id, f.control_id, s.opened_seq, s.closed_seq, s.open_since_seq) AS told FROM finding f JOIN finding_span s ON s.finding_id = f.id
         WHERE f.cluster_id = $1 ORDER BY f.id, s.id`,
        [id],
      );
      return rows.map(({ told }) => told);
    };
    const listTallies = async () => {
      const { rows } = await pool.query<{ told: string }>(
        "SELECT concat_ws(' ', key, from_seq, to_seq) AS told FROM tally WHERE cluster_id = $1 ORDER BY from_seq, dimension",
        [id],
      );
      return rows.map(({ told }) => told);
    };
    const rename = (from: string, to: string) => pool.query("SELECT rename_control($1, $2)", [from, to]);
    return { id, scan, list, listTallies, rename };
  }

  it("keeps the link and the age of a finding, once and for all", async () => {
    const cluster = await scanBy("once", ["once-old"]);
    const [before] = await cluster.list();
    for (let times = 0; times < 2; times += 1) {
      await cluster.rename("once-old", "once-new");
      expect(await cluster.list()).toEqual([before?.replace("once-old", "once-new")]);
      expect(await cluster.listTallies()).toEqual(["once-new 1", "shop|once-new 1"]);
    }
    expect(await cluster.scan("once-new")).toMatchObject({ seq: 2, transitions: 0 });
  });

  it("keeps two findings and their days where a release in between had both found, and goes on with the later", async () => {
    const cluster = await scanBy("between", ["first-name", "last-name"]);
    const before = await cluster.list();
    expect(before.map((row) => row.slice(row.indexOf(" ") + 1))).toEqual(["first-name 1 2 1", "last-name 2 2"]);
    await cluster.rename("first-name", "last-name");
    expect(await cluster.list()).toEqual(before.map((row) => row.replace("first-name", "last-name")));
    expect(await cluster.listTallies()).toEqual(["last-name 1 2", "shop|last-name 1 2", "last-name 2", "shop|last-name 2"]);
    expect(await cluster.scan("last-name")).toMatchObject({ seq: 3, transitions: 0 });
  });

  it("leaves two controls of one catalogue as they are", async () => {
    const cluster = await scanBy("both", ["part"]);
    const entries = ["part", "whole"].map((id) => ({ id, layer: "container", severity: "high" }));
    await saveCatalogue(used.database.pool, "both at once", entries);
    const before = [await cluster.list(), await cluster.listTallies()];
    await cluster.rename("part", "whole");
    expect([await cluster.list(), await cluster.listTallies()]).toEqual(before);
  });

  it("takes what people decided of the control along, and leaves what they decided of others", async () => {
    const { pool, prisma } = used.database;
    const settings = {
      disabledControls: { old: "o", other: "x" },
      reweightedControls: { other: { severity: "low" } },
      tunedAt: { old: "2026" },
      requireCpuLimit: true,
    };
    const { id } = await saveCluster(prisma, { slug: "tuned", name: "tuned", source: "demo", settings });
    const twice = await saveCluster(prisma, { slug: "twice", name: "twice", source: "demo", settings: { disabledControls: { old: "o", new: "n" } } });
    await pool.query("SELECT rename_control('old', 'new')");
    const { rows } = await pool.query("SELECT settings FROM cluster WHERE id = ANY($1::bigint[]) ORDER BY id", [[id, twice.id]]);
    expect(rows.map((row) => row.settings)).toEqual([
      { ...settings, disabledControls: { new: "o", other: "x" }, tunedAt: { new: "2026" } },
      { disabledControls: { new: "n" } },
    ]);
  });
});
