import { afterAll, beforeAll, expect, test } from "vitest";
import { findControl } from "@/lib/controls/registry";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import type { KindCoverage } from "@/lib/model/coverage";
import { records, texts } from "@/lib/model/json";
import { loadPosture } from "@/lib/reads/posture-at";
import { readCoverage } from "@/lib/reads/read-coverage";
import { listFindings } from "@/lib/store/findings/list-findings";
import { getSnapshot } from "@/lib/store/testing/get-snapshot";
import { manifest, type Manifest } from "../world/manifest";
import { applyManifests } from "./apply-manifests";
import { readerManifests } from "./apply-reader";
import { buildWorld } from "./build-world";
import { describeOnCluster } from "./describe-on-cluster";
import { objectPathOf } from "./object-path";
import { type RememberedCluster, rememberCluster } from "./remembered-cluster";
import { waitUntil } from "./wait-until";

const RBAC = "rbac.authorization.k8s.io";
const ACCOUNT = manifest("v1", "ServiceAccount", "concentric", "doubted-reader");
const published = readerManifests().find(({ kind }) => kind === "ClusterRole") ?? {};
const rules = records(published.rules);

interface Lost {
  readonly group: string;
  readonly resource: string;
}

/** The published role under another name, without one kind. */
function roleWithout(lost: Lost | null): Manifest {
  const kept = rules.map((rule) => {
    const isAbout = lost !== null && texts(rule.apiGroups).includes(lost.group);
    return isAbout && rule.resources !== undefined ? { ...rule, resources: texts(rule.resources).filter((name) => name !== lost.resource) } : rule;
  });
  return manifest(`${RBAC}/v1`, "ClusterRole", null, "doubted-reader", {
    rules: kept.filter((rule) => rule.resources === undefined || texts(rule.resources).length > 0),
  });
}

const BINDING = manifest(`${RBAC}/v1`, "ClusterRoleBinding", null, "doubted-reader", {
  roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "doubted-reader" },
  subjects: [{ kind: "ServiceAccount", name: "doubted-reader", namespace: "concentric" }],
});

// The kinds that a server always serves; the others are not installed here, so their loss shows nothing.
const SERVED: readonly Lost[] = rules
  .flatMap((rule) => texts(rule.apiGroups).flatMap((group) => texts(rule.resources).map((resource) => ({ group, resource }))))
  .filter((lost) => BUILT_IN_RESOURCES.some(({ group, plural }) => group === lost.group && plural === lost.resource));

interface Seen {
  readonly seq: number;
  readonly coverage: readonly KindCoverage[];
  /** `stale` or `fresh` by finding, for those that are open. */
  readonly open: ReadonlyMap<string, string>;
  readonly scores: ReadonlyMap<string, number | null>;
}

function controlOf(finding: string) {
  return findControl(finding.split(" ")[0] ?? "");
}

/** Everything that a lost permission must not do, as sentences for people. */
function findWrongs(before: Seen, without: Seen, lostKind: string): Readonly<Record<string, readonly string[]>> {
  const isOfLostKind = (finding: string) => finding.includes(` on ${lostKind}/`);
  // What bindings say of an account is still known when the accounts themselves are not.
  const isOfPrincipal = (finding: string) => controlOf(finding)?.subject === "principal";
  return {
    closed: [...before.open.keys()].filter((finding) => !without.open.has(finding)),
    // What another control stood for stands for itself when that one cannot be judged.
    opened: [...without.open.keys()].filter((finding) => !before.open.has(finding) && controlOf(finding)?.subsumedBy === undefined),
    notMarked: [...without.open].filter(([finding, mark]) => isOfLostKind(finding) && !isOfPrincipal(finding) && mark !== "stale").map(([finding]) => finding),
    risen: [...before.scores].flatMap(([layer, score]) => {
      const now = without.scores.get(layer) ?? -1;
      return now > (score ?? -1) + 1e-9 ? [`${layer}: ${score} -> ${now}`] : [];
    }),
  };
}

describeOnCluster("a permission that is taken away", { controllers: true }, (controlPlane) => {
  let memory: RememberedCluster;
  let token = "";
  /** What the last test left, all permissions given back; null = it did not come to its end. */
  let settled: Seen | null = null;
  beforeAll(async () => {
    await buildWorld(controlPlane);
    await applyManifests(controlPlane, [...readerManifests(), ACCOUNT, roleWithout(null), BINDING]);
    memory = await rememberCluster("doubted", await controlPlane.serviceAccountKubeconfig("concentric", "doubted-reader"));
    token = await controlPlane.serviceAccountToken("concentric", "doubted-reader");
  });
  afterAll(() => memory?.stop());

  async function allow(lost: Lost | null, probe: Lost, status: number): Promise<void> {
    await controlPlane.request("PATCH", objectPathOf(BINDING).replace("bindings", "s"), { rules: roleWithout(lost).rules });
    const version = probe.group === "" ? "/api/v1" : `/apis/${probe.group}/v1`;
    await waitUntil(
      `${probe.resource} to answer ${status}`,
      async () => (await controlPlane.request("GET", `${version}/${probe.resource}?limit=1`, undefined, { token })).status === status,
    );
  }

  async function look(): Promise<Seen> {
    const seq = await memory.scan();
    const { pool } = memory.database;
    const page = await listFindings(pool, memory.cluster.id, {
      seq,
      sinceSeq: null,
      filter: { state: ["fail"] },
      tab: "all",
      order: "severity",
      isReversed: false,
      cursor: null,
      limit: 100_000,
    });
    const snapshot = await getSnapshot(pool, memory.cluster.id, seq);
    const posture = await loadPosture(pool, memory.cluster.id, snapshot);
    const layers = [posture.workload, posture.platform].flatMap((part) => part.layers.map((layer) => [`${part.scope} ${layer.layer}`, layer.score] as const));
    return {
      seq,
      coverage: await readCoverage(pool, memory.cluster.id, snapshot),
      open: new Map(page.rows.map((row) => [`${row.controlId} on ${row.resourceKey} ${row.locator}`, row.isStale ? "stale" : "fresh"])),
      scores: new Map(layers),
    };
  }

  test.each(SERVED.map((lost) => ({ ...lost, name: `${lost.resource} (${lost.group || "core"})` })))(
    "of $name is a gap with a reason: nothing closes, nothing opens, no score rises, and all is well again afterwards",
    async (lost) => {
      await allow(null, lost, 200);
      const before = settled ?? (await look());
      settled = null;
      expect([...before.open.values()]).not.toContain("stale");

      await allow(lost, lost, 403);
      const without = await look();
      const gap = without.coverage.find(({ group, resource }) => group === lost.group && resource === lost.resource);
      expect(gap).toMatchObject({ status: "forbidden", objects: 0 });
      expect(gap?.reason).toMatch(/.{20}/);
      expect(findWrongs(before, without, `${lost.group}/${gap?.kind}`)).toEqual({ closed: [], opened: [], notMarked: [], risen: [] });

      await allow(null, lost, 200);
      const after = await look();
      expect(after.open).toEqual(before.open);
      expect(after.scores).toEqual(before.scores);
      settled = after;
    },
  );

  test("of everything leaves what is known as it was, all of it marked", async () => {
    const probe = { group: "", resource: "namespaces" };
    await allow(null, probe, 200);
    const before = await look();
    await controlPlane.request("PATCH", objectPathOf(BINDING).replace("bindings", "s"), { rules: [] });
    await waitUntil("namespaces to be refused", async () => (await controlPlane.request("GET", "/api/v1/namespaces", undefined, { token })).status === 403);
    const without = await look();
    expect(findWrongs(before, without, "")).toEqual({ closed: [], opened: [], notMarked: [], risen: [] });
    expect([...without.open].filter(([, mark]) => mark !== "stale")).toEqual([]);
  });
});
