import { beforeAll, expect, test } from "vitest";
import { worldManifests } from "../world/world";
import { applyReader, READER } from "./apply-reader";
import { buildWorld } from "./build-world";
import { describeOnCluster } from "./describe-on-cluster";
import { scanCluster, type ScannedCluster } from "./scan-cluster";

describeOnCluster("a scan as a service account with the published ClusterRole", { controllers: true }, (controlPlane) => {
  let scanned: ScannedCluster;
  beforeAll(async () => {
    await buildWorld(controlPlane);
    scanned = await scanCluster(await applyReader(controlPlane), new Date().toISOString());
  });

  test("reads every kind that is served: nothing is forbidden, nothing failed", () => {
    const gaps = scanned.coverage.filter(({ status }) => !["read", "absent", "not-requested"].includes(status));
    expect(gaps).toEqual([]);
  });

  test("sees the whole world but its Secrets", () => {
    const read = new Map(scanned.coverage.map(({ group, kind, objects }) => [`${group}/${kind}`, objects]));
    const expected = Map.groupBy(
      worldManifests(),
      ({ apiVersion, kind }) => `${String(apiVersion).includes("/") ? String(apiVersion).split("/")[0] : ""}/${String(kind)}`,
    );
    for (const [kind, manifests] of expected) {
      if (kind === "/Secret") expect(read.get(kind)).toBe(0);
      else expect(read.get(kind), kind).toBeGreaterThanOrEqual(manifests.length);
    }
  });

  test("never asks for Secrets and changes nothing, says the server's audit log", () => {
    const lines = controlPlane.auditLog().filter(({ user }) => user === READER);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter(({ resource, uri }) => resource === "secrets" || /\/secrets(\/|\?|$)/.test(uri))).toEqual([]);
    expect([...new Set(lines.map(({ verb }) => verb))].filter((verb) => !["get", "list", "watch"].includes(verb))).toEqual([]);
    expect(lines.filter(({ status }) => status === 403)).toEqual([]);
  });

  test("has a verdict of every control, and none that crashed", () => {
    const crashed = scanned.verdicts.filter(({ reason }) => reason?.includes("could not judge this object"));
    expect(crashed).toEqual([]);
    expect(scanned.verdicts.length).toBeGreaterThan(500);
  });
});
