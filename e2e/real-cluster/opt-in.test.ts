import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dig, isRecord, records } from "@/lib/model/json";
import { listControls } from "@/lib/controls/registry";
import { OPT_IN_SOURCES } from "@/lib/model/opt-in-source";
import type { Verdict } from "@/lib/model/verdict";
import type { ControlPlane } from "../control-plane/control-plane";
import { startControlPlane } from "../control-plane/start";
import { manifest, type Manifest } from "../world/manifest";
import { nodeManifests } from "../world/nodes";
import { applyManifests } from "./apply-manifests";
import { readerManifests } from "./apply-reader";
import { describeOnCluster } from "./describe-on-cluster";
import { objectPathOf } from "./object-path";
import { readsWhatIsLearnt } from "./opt-in-slices";
import { runVerify } from "./run-verify";
import { type ScannedCluster, scanCluster } from "./scan-cluster";
import { waitForRight } from "./wait-for-right";

const ASKING = "system:serviceaccount:concentric:asking-reader";
const ALL = { optInSources: OPT_IN_SOURCES };
const GRANTS = ["kubelet-config", "api-server-metrics", "secret-metadata"].map((source) => `deploy/opt-in-${source}.yaml`);
const RIGHTS = [
  { nonResourceAttributes: { verb: "get", path: "/metrics" } },
  { resourceAttributes: { verb: "list", group: "", resource: "secrets" } },
  { resourceAttributes: { verb: "get", group: "", resource: "nodes", subresource: "proxy" } },
];
const LATER = new Date(Date.now() + 40 * 86_400_000).toISOString();

const NAMESPACE = manifest("v1", "Namespace", null, "opt-in");
const APPLIED = '{"apiVersion":"v1","kind":"Secret","data":{"password":"c2VjcmV0LXRleHQ="}}';
const SECRETS = [
  manifest(
    "v1",
    "Secret",
    "opt-in",
    "forgotten",
    { type: "Opaque", stringData: { password: "secret-text" } },
    { annotations: { "kubectl.kubernetes.io/last-applied-configuration": APPLIED } },
  ),
  manifest("v1", "Secret", "opt-in", "pulled", { type: "Opaque", stringData: { password: "secret-text" } }),
];
const ACCOUNT = manifest("v1", "ServiceAccount", "opt-in", "robot", { imagePullSecrets: [{ name: "pulled" }] });
const TOKEN = manifest(
  "v1",
  "Secret",
  "opt-in",
  "robot-by-hand",
  { type: "kubernetes.io/service-account-token" },
  { annotations: { "kubernetes.io/service-account.name": "robot" } },
);

/** A published file, for an account of its own: others of this run assert that the published one never asks for Secrets. */
function forAsking(file: string): readonly Manifest[] {
  const rename = (object: Manifest) => JSON.parse(JSON.stringify(object).replaceAll('"name":"concentric-reader"', '"name":"asking-reader"')) as Manifest; // safe: what it was
  return readerManifests(file).map(rename);
}

function findVerdict({ verdicts }: ScannedCluster, control: string, name: string): Verdict | undefined {
  return verdicts.find((verdict) => verdict.control === control && verdict.resource.name === name);
}

const sourceOf = ({ coverage }: ScannedCluster, kind: string) => coverage.find((entry) => entry.kind === kind);

describeOnCluster("opt-in sources", { controllers: true }, (controlPlane) => {
  let kubeconfig = "";
  beforeAll(async () => {
    await applyManifests(controlPlane, [...nodeManifests(), ...forAsking("deploy/cluster-role.yaml"), NAMESPACE, ...SECRETS, ACCOUNT, TOKEN]);
    kubeconfig = await controlPlane.serviceAccountKubeconfig("concentric", "asking-reader");
  });
  afterAll(async () => {
    for (const object of [NAMESPACE, ...GRANTS.flatMap(forAsking)]) await controlPlane.request("DELETE", objectPathOf(object));
  });

  test("are not read and not assessed while nobody asks for them, with the action that changes it", async () => {
    const scanned = await scanCluster(kubeconfig, LATER);
    for (const kind of ["Secret", "KubeletConfiguration", "APIServerMetrics", "APIServerProbe"]) {
      expect(sourceOf(scanned, kind)).toMatchObject({ status: "not-requested", objects: 0, action: expect.stringMatching(/switch on/i) });
    }
    const of = new Set(["kubelet-anonymous-auth", "audit-events-observed", "apiserver-anonymous-access", "secret-unreferenced", "apiserver-tls-version"]);
    const states = scanned.verdicts.filter(({ control }) => of.has(control)).map(({ control, state }) => `${control} ${state}`);
    expect([...new Set(states)].toSorted()).toEqual([...of].map((control) => `${control} unknown`).toSorted());
  });

  test("are gaps that name their grant while it is missing; the look from outside needs none", async () => {
    const scanned = await scanCluster(kubeconfig, LATER, ALL);
    expect(sourceOf(scanned, "Secret")).toMatchObject({ status: "forbidden", action: expect.stringContaining("deploy/opt-in-secret-metadata.yaml") });
    expect(sourceOf(scanned, "KubeletConfiguration")).toMatchObject({
      status: "forbidden",
      action: expect.stringContaining("deploy/opt-in-kubelet-config.yaml"),
    });
    expect(sourceOf(scanned, "APIServerMetrics")).toMatchObject({
      status: "forbidden",
      action: expect.stringContaining("deploy/opt-in-api-server-metrics.yaml"),
    });
    expect(sourceOf(scanned, "APIServerProbe")).toMatchObject({ status: "read", objects: 1 });
  });

  describe("with their grants", () => {
    let scanned: ScannedCluster;
    beforeAll(async () => {
      await applyManifests(controlPlane, GRANTS.flatMap(forAsking));
      for (const asked of RIGHTS) await waitForRight(controlPlane, { user: ASKING, ...asked });
      scanned = await scanCluster(kubeconfig, LATER, ALL);
    });

    test("show which Secrets nothing uses, and tokens made by hand", () => {
      expect(sourceOf(scanned, "Secret")).toMatchObject({ status: "read" });
      expect(findVerdict(scanned, "secret-unreferenced", "forgotten")).toMatchObject({ state: "fail" });
      expect(findVerdict(scanned, "secret-unreferenced", "pulled")).toMatchObject({ state: "pass" });
      expect(findVerdict(scanned, "sa-token-secret", "robot")).toMatchObject({ state: "fail" });
    });

    test("never get what Secrets hold, says the server's audit log", () => {
      const lines = controlPlane.auditLog().filter(({ user, resource, status }) => user === ASKING && resource === "secrets" && status === 200);
      expect(lines.length).toBeGreaterThanOrEqual(9);
      for (const { verb, uri, given } of lines) {
        expect([verb, dig(given, "kind")]).toEqual(["list", "PartialObjectMetadataList"]);
        expect(uri).toContain("fieldSelector=type");
        expect(records(dig(given, "items")).filter((item) => isRecord(item.data) || isRecord(item.stringData))).toEqual([]);
      }
      const names = lines.flatMap(({ given }) => records(dig(given, "items")).map((item) => dig(item, "metadata", "name")));
      expect(names).toEqual(expect.arrayContaining(["forgotten", "pulled", "robot-by-hand"]));
    });

    test("show the API server's own account of audit events and of client certificates", () => {
      expect(sourceOf(scanned, "APIServerMetrics")).toMatchObject({ status: "read", objects: 1 });
      expect(findVerdict(scanned, "audit-events-observed", "cluster")).toMatchObject({ state: "pass" });
      // Of errors it has no count before the first one.
      expect(findVerdict(scanned, "audit-errors", "cluster")).toMatchObject({ state: "pass" });
      expect(findVerdict(scanned, "admission-plugins-observed", "cluster")?.evidence[0]?.value).toContain("PodSecurity");
      // This server was started without an encryption configuration, and then it counts no writes at all.
      expect(findVerdict(scanned, "etcd-encryption-observed", "cluster")).toMatchObject({ state: "unknown" });
    });

    test("show that this server lets anonymous requests in to refuse them, and how it speaks TLS", () => {
      expect(findVerdict(scanned, "apiserver-anonymous-access", "cluster")).toMatchObject({ state: "fail", severity: "low" });
      expect(findVerdict(scanned, "apiserver-tls-version", "cluster")).toMatchObject({ state: "pass" });
      expect(findVerdict(scanned, "apiserver-cert-expiry", "cluster")).toMatchObject({ state: "pass" });
    });

    test("are shown by the commands of their controls, too", async () => {
      // No kubelet is there to answer.
      const asked = listControls().filter((control) => readsWhatIsLearnt(control) && !control.reads.includes("kubeletConfigs"));
      expect(asked.length).toBeGreaterThan(7);
      for (const control of asked) {
        const verdict = scanned.verdicts.find(({ control: id }) => id === control.id);
        if (verdict === undefined) throw new Error(`${control.id} has no verdict.`);
        expect(await runVerify(controlPlane.kubeconfigPath, control, verdict)).toBeNull();
      }
    });

    test("say why nothing is known of kubelets that are not there, and keep the scan going", () => {
      const machines = scanned.verdicts.filter(({ control, state }) => control === "kubelet-anonymous-auth" && state !== "not-applicable");
      expect(machines.length).toBeGreaterThan(1);
      for (const { state, reason } of machines) expect([state, reason]).toEqual(["unknown", expect.stringMatching(/kubelets? /)]);
      expect(sourceOf(scanned, "KubeletConfiguration")).toMatchObject({ status: "failed", objects: 0, reason: expect.stringContaining("could not be read") });
    });
  });
});

const KEY = { name: "key1", secret: Buffer.alloc(32, 7).toString("base64") };
const CIPHER = { aescbc: { keys: [KEY] } };

describe.each([
  { name: "encrypts Secrets", providers: [CIPHER, { identity: {} }], state: "pass" },
  { name: "writes Secrets as they are, and could read encrypted ones", providers: [{ identity: {} }, CIPHER], state: "fail" },
])("an API server without anonymous requests that $name", ({ providers, state }) => {
  let controlPlane: ControlPlane | null = null;
  let stop = async (): Promise<void> => {};
  const file = join(tmpdir(), `concentric-encryption-${process.pid}-${state}.json`);
  beforeAll(async () => {
    const config = { apiVersion: "apiserver.config.k8s.io/v1", kind: "EncryptionConfiguration", resources: [{ resources: ["secrets"], providers }] };
    writeFileSync(file, JSON.stringify(config));
    const started = await startControlPlane({ apiServerFlags: ["--anonymous-auth=false", `--encryption-provider-config=${file}`] });
    if ("reason" in started) return;
    ({ controlPlane, stop } = started);
  });
  afterAll(async () => {
    await stop();
    rmSync(file, { force: true });
  });

  test("is seen to do so, and to answer nobody without credentials", async ({ skip }) => {
    if (controlPlane === null) return skip();
    await applyManifests(controlPlane, [manifest("v1", "Secret", "default", "one", { stringData: { a: "b" } })]);
    const scanned = await scanCluster(controlPlane.kubeconfigPath, LATER, { optInSources: ["api-server-metrics", "api-server-probe"] });
    expect(findVerdict(scanned, "etcd-encryption-observed", "cluster")).toMatchObject({ state });
    expect(findVerdict(scanned, "apiserver-anonymous-access", "cluster")).toMatchObject({ state: "pass" });
  });
});
