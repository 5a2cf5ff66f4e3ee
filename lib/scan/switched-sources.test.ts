import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { apiServerProbeReader } from "@/lib/collectors/api-server-probe";
import { secretMetadataReader } from "@/lib/collectors/secret-metadata";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { listControls } from "@/lib/controls/registry";
import { everyRead } from "@/lib/engine/touched-controls";
import { apiServerProbe, configMap, ingress, kubeletConfig, namespace, node, role, roleBinding, serviceAccount } from "@/lib/inventory/testing";
import { componentPod, controlPlaneNode } from "@/lib/inventory/nodes/testing-control-plane";
import type { JsonRecord } from "@/lib/model/json";
import { OPT_IN_SOURCES, type OptInSource } from "@/lib/model/opt-in-source";
import { fc } from "@/lib/model/testing-properties";
import { chooseHistories } from "@/lib/reads/testing-histories";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { getCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";

const ALL: readonly OptInSource[] = OPT_IN_SOURCES;
const SLICES: Readonly<Record<OptInSource, string>> = {
  "secret-metadata": "secrets",
  "kubelet-config": "kubeletConfigs",
  "api-server-metrics": "apiServerMetrics",
  "api-server-probe": "apiServerProbes",
};
/** Refused to whoever asks from outside, so that another control passes by what the probe saw alone. */
const PASSING = ["apiserver-anonymous-access", "apiserver-anonymous-auth"];

const { seeds, scans, database } = chooseHistories({ seeds: [3, 5], scans: 4 });

const OLD = "2020-01-01T00:00:00Z";
const secret = (name: string, metadata: JsonRecord = {}, type = "Opaque"): JsonRecord => ({
  apiVersion: "v1",
  kind: "Secret",
  type,
  metadata: { name, namespace: "shop", creationTimestamp: OLD, ...metadata },
});
const token = (account: string, name: string, labels: Readonly<Record<string, string>>) =>
  secret(name, { annotations: { "kubernetes.io/service-account.name": account }, labels }, "kubernetes.io/service-account-token");
const USED = { "kubernetes.io/legacy-token-last-used": "2026-11-20" };
const ENDED = { "kubernetes.io/legacy-token-invalid-since": "2026-11-20" };
const LISTED = "listed-token-abcde";
const granted = (name: string): readonly JsonRecord[] => [
  role({ name, rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }] }),
  roleBinding({ name, roleRef: { kind: "Role", name }, subjects: [{ kind: "ServiceAccount", name, namespace: "shop" }] }),
];

/** What comes and goes; the rest is always there. */
const PARTS = {
  forgotten: [secret("forgotten")],
  left: [secret("left", { namespace: "default" })],
  leftBeside: [configMap({ name: "left", namespace: "default" })],
  bootstrap: [secret("bootstrap-token-abcdef", { namespace: "kube-system" }, "bootstrap.kubernetes.io/token")],
  wrongTls: [secret("app-tls")],
  byHand: [token("used", "by-hand", USED)],
  byHandBeside: [token("listed", "by-hand-beside", USED)],
  listedUsed: [token("listed", LISTED, USED)],
  listedEnded: [token("listed", LISTED, ENDED)],
  power: granted("listed"),
} satisfies Readonly<Record<string, readonly JsonRecord[]>>;
type Part = keyof typeof PARTS;

const world = (parts: readonly Part[]): readonly JsonRecord[] => [
  ...["shop", "default", "kube-system"].map((name) => namespace({ name })),
  node({ name: "a" }),
  controlPlaneNode(),
  componentPod("kube-apiserver", ["--authentication-config=/etc/a.yaml"]),
  ingress(),
  ...["used", "orphan"].flatMap((name) => [serviceAccount({ name }), ...granted(name)]),
  serviceAccount({ name: "listed", secrets: [{ name: LISTED }] }),
  ...parts.flatMap((part) => (part === "listedEnded" && parts.includes("listedUsed") ? [] : PARTS[part])),
];
const WHOLE: readonly Part[] = ["forgotten", "left", "bootstrap", "wrongTls", "byHand", "listedUsed"];

const { apiVersion: _version, kind: _kind, metadata: _metadata, ...hardened } = kubeletConfig();
const OPEN_KUBELET = {
  ...Object.fromEntries(Object.entries(hardened).filter(([, value]) => value !== true)),
  authentication: { anonymous: { enabled: true } },
  authorization: { mode: "AlwaysAllow" },
  readOnlyPort: 10255,
  streamingConnectionIdleTimeout: "0s",
  makeIPTablesUtilChains: false,
  eventRecordQPS: -1,
  tlsMinVersion: "VersionTLS10",
  podPidsLimit: -1,
  enableProfilingHandler: true,
  enableSystemLogQuery: true,
  allowedUnsafeSysctls: ["net.*"],
  imagePullCredentialsVerificationPolicy: "NeverVerify",
};
const METRICS = [
  "apiserver_request_total 5000",
  "apiserver_audit_event_total 0",
  "apiserver_audit_error_total 1",
  'apiserver_storage_transformation_operations_total{resource="secrets",transformation_type="to_storage",transformer_prefix="identity"} 3',
  'apiserver_client_certificate_expiration_seconds_bucket{le="604800"} 2',
  'apiserver_admission_controller_admission_duration_seconds_count{name="AlwaysAdmit"} 2',
].join("\n");
const DOCUMENTS = {
  ...Object.fromEntries(["a", "cp-1"].map((name) => [`/api/v1/nodes/${name}/proxy/configz`, JSON.stringify({ kubeletconfig: OPEN_KUBELET })])),
  "/metrics": METRICS,
};

/** One scan of a history. */
interface Step {
  readonly parts: readonly Part[];
  readonly sources: readonly OptInSource[];
  /** Kinds that are answered 403. */
  readonly denied: readonly string[];
}

/** An open failure. */
interface Failure {
  readonly id: string;
  readonly control: string;
  readonly severity: string;
  readonly isStale: boolean;
}

/** By control and object. */
async function listFailures(slug = "c"): Promise<ReadonlyMap<string, Failure>> {
  const { pool, prisma } = getDatabase();
  const { rows } = await pool.query<Failure & { readonly name: string }>(
    `SELECT rtrim(concat_ws(' ', f.control_id, r.key, f.locator)) AS name, f.public_id AS id, f.control_id AS control, s.severity,
       s.stale_since_seq IS NOT NULL AS "isStale"
     FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE s.cluster_id = $1 AND s.state = 'fail' AND s.closed_seq IS NULL ORDER BY name`,
    [(await getCluster(prisma, slug)).id],
  );
  return new Map(rows.map(({ name, ...failure }) => [name, failure]));
}

const readersOf = (sources: readonly OptInSource[]): readonly string[] => {
  const slices = new Set<string>(sources.map((source) => SLICES[source]));
  return listControls()
    .flatMap((control) => (everyRead(control).some((slice) => slices.has(slice)) ? control.id : []))
    .sort();
};

beforeAll(() => {
  vi.spyOn(apiServerProbeReader, "read").mockImplementation(async ({ add }) => {
    const tls = { protocol: "TLSv1", oldVersions: "accepted", weakSuites: "accepted", certificateNotAfter: "2026-11-30T00:00:00.000Z" };
    add(apiServerProbe({ tls }));
    return { status: "read", objects: 1, isUsable: true };
  });
});
afterAll(() => vi.restoreAllMocks());

describe(`what a source showed that is switched off, on ${database}`, () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned(database, DOCUMENTS);
  });
  afterAll(() => cluster.stop());

  const scanWith = async (sources: readonly OptInSource[], parts = WHOLE): Promise<number> => {
    await cluster.save({ optInSources: [...sources] });
    return cluster.scan(world(parts));
  };
  /** What moved since a snapshot: findings, and scores by cause. */
  async function listMoves(since: number) {
    const { ledger, waterfalls }: CompareResponse = (await cluster.call(getCompare, `?since=${since}`)).body;
    const { openBefore, openAfter, notComparable, ...counts } = ledger;
    const rows = waterfalls.flatMap((waterfall) => waterfall.rows.filter(({ points }) => Math.abs(points) > 1e-9));
    return {
      findings: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
      causes: new Set(rows.map(({ cause }) => cause)),
      rises: waterfalls.filter(({ from, to }) => (to ?? 100) > (from ?? 100) + 1e-9).map(({ layer }) => layer),
    };
  }

  it("stays as it was, not assessed, and comes back as the same finding: each source, each control that reads it", async () => {
    let on = await scanWith(ALL);
    const first = await listFailures();
    expect([...first.values()].filter(({ isStale }) => isStale)).toEqual([]);
    const failing = new Set([...first.values()].map(({ control }) => control));
    expect(readersOf(ALL).filter((control) => !failing.has(control))).toEqual(PASSING);
    for (const off of [...ALL.map((source) => [source]), ALL]) {
      const left = ALL.filter((source) => !off.includes(source));
      const seq = await scanWith(left);
      if (off === ALL) await scanWith(left);
      const now = await listFailures();
      const isSecrets = off.includes("secret-metadata");
      // A token in use shows that somebody outside asks: who does not look at Secrets cannot see it.
      expect([...now.keys()].filter((name) => !first.has(name))).toEqual(isSecrets ? ["rbac-orphan-grant /ServiceAccount/shop/used"] : []);
      expect([...first].filter(([name, { id, severity }]) => now.get(name)?.id !== id || now.get(name)?.severity !== severity)).toEqual([]);
      const stale = new Set([...now.values()].flatMap(({ control, isStale }) => (isStale ? control : [])));
      expect([...stale].sort()).toEqual(readersOf(off).filter((control) => control !== "rbac-orphan-grant" && !PASSING.includes(control)));
      const { findings, causes, rises } = await listMoves(on);
      expect(findings).toEqual(isSecrets ? { openedBySettings: 1 } : {});
      expect([...causes].filter((cause) => !["settings", "coverage", "without-cap", "cap"].includes(cause))).toEqual([]);
      expect(rises).toEqual([]);
      const before = on;
      on = await scanWith(ALL);
      expect(await listFailures()).toEqual(first);
      expect((await listMoves(before)).findings).toEqual({});
      expect((await listMoves(seq)).findings).toEqual(isSecrets ? { otherClosed: 1, settings: 1 } : {});
    }
  });

  it("stays open for what was seen, also where the rest of it is mended meanwhile, and says why", async () => {
    const ask = async () => {
      const id = (await listFailures()).get("default-namespace-used /Namespace/-/default")?.id;
      return id === undefined ? null : (await cluster.call(getFinding, "", { id })).body;
    };
    await scanWith(ALL, ["left", "leftBeside"]);
    await scanWith([], ["left", "leftBeside"]);
    expect(await ask()).toMatchObject({ state: "open", isStale: false });
    await scanWith([], ["left"]);
    expect(await ask()).toMatchObject({ state: "open", isStale: true, staleReason: secretMetadataReader.off });
    // Where the Secret was seen to be gone, what fails without it ends by itself.
    await scanWith(ALL, ["leftBeside", "forgotten"]);
    await scanWith([], ["leftBeside", "forgotten"]);
    await scanWith([], ["forgotten"]);
    expect(await ask()).toBeNull();
  });

  it.each(seeds)(
    "never ends while it still fails, and nothing fails that does not, whatever is switched, refused and changed, with seed %i",
    {
      timeout: scans * 60_000,
    },
    async (seed) => {
      const step = fc.record({
        parts: fc.subarray(Object.keys(PARTS) as Part[]), // safe: its own keys
        sources: fc.oneof(fc.constant(ALL), fc.constant([]), fc.subarray([...ALL])),
        denied: fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: fc.subarray(["secrets", "nodes", "configmaps"]) }),
      });
      const [whole, switched] = [`whole-${seed}`, `switched-${seed}`];
      for (const slug of [whole, switched]) await cluster.add(slug);
      await cluster.save({ optInSources: [...ALL] }, whole);
      const ids = new Map<string, string>();
      let isLeftKnown = false;
      const steps: readonly Step[] = [{ parts: WHOLE, sources: ALL, denied: [] }, ...fc.sample(step, { seed, numRuns: scans })];
      for (const { parts, sources, denied } of steps) {
        const before = await listFailures(switched);
        await cluster.scan(world(parts), [], whole);
        await cluster.save({ optInSources: [...sources] }, switched);
        await cluster.scan(world(parts), denied, switched);
        const [truth, seen] = [await listFailures(whole), await listFailures(switched)];
        const hasSecrets = sources.includes("secret-metadata");
        // A Secret in the namespace default that was never seen keeps nothing open there.
        const isTold = ({ control }: Failure): boolean => control !== "default-namespace-used" || isLeftKnown || hasSecrets;
        expect([...before].filter(([name, failure]) => truth.has(name) && !seen.has(name) && isTold(failure))).toEqual([]);
        const isUntold = ({ control }: Failure): boolean => control === "rbac-orphan-grant" && !hasSecrets;
        expect([...seen].filter(([name, failure]) => !truth.has(name) && !failure.isStale && !isUntold(failure))).toEqual([]);
        if (sources.length === ALL.length && denied.length === 0) expect([...seen.keys()]).toEqual([...truth.keys()]);
        for (const [name, { id }] of seen) expect(ids.get(name) ?? id).toBe(id);
        for (const [name, { id }] of seen) ids.set(name, id);
        if (hasSecrets && !denied.includes("secrets")) isLeftKnown = parts.includes("left");
      }
    },
  );
});

it("keeps the severity that a Secret gave, in a release that switches no listed token off", async () => {
  const cluster = await startScanned("pglite", { "/version": JSON.stringify({ major: "1", minor: "27", gitVersion: "v1.27.3" }) });
  try {
    const name = "sa-token-secret /ServiceAccount/shop/listed";
    const scanWith = async (sources: readonly OptInSource[], parts: readonly Part[]) => {
      await cluster.save({ optInSources: [...sources] });
      await cluster.scan(world(parts));
      return (await listFailures()).get(name);
    };
    expect(await scanWith([], ["listedUsed", "byHandBeside"])).toMatchObject({ severity: "medium", isStale: false });
    expect(await scanWith(["secret-metadata"], ["listedUsed", "byHandBeside"])).toMatchObject({ severity: "high", isStale: false });
    expect(await scanWith([], ["listedUsed"])).toMatchObject({ severity: "high", isStale: true });
    expect(await scanWith([], ["listedUsed"])).toMatchObject({ severity: "high", isStale: true });
    expect(await scanWith(["secret-metadata"], ["listedUsed"])).toMatchObject({ severity: "medium", isStale: false });
  } finally {
    await cluster.stop();
  }
});
