import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getSources } from "@/app/api/v1/clusters/[cluster]/sources/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import control from "@/lib/controls/code/custom-resource-holds-secret";
import { judge } from "@/lib/engine/judge";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { AUTHORITY } from "@/lib/inventory/admission/testing-ca-bundles";
import { deployment, namespace, pod, service } from "@/lib/inventory/testing";
import { record } from "@/lib/model/json";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { getDatabase } from "@/lib/store/database-handle";
import { unpackManifest } from "@/lib/store/manifest-body";

const PASSWORD = "Sup3rS3cret!x9";
const CLOUD_INIT = { volumes: [{ name: "init", cloudInitNoCloud: { userData: `#cloud-config\npassword: ${PASSWORD}\n` } }] };
const told = (apiVersion: string, kind: string, part: object) => ({ apiVersion, kind, metadata: { name: "app", namespace: "shop" }, ...part });
const of = (apiVersion: string, kind: string, spec: object) => told(apiVersion, kind, { spec });

/** A credential in one of each. */
const OPERATED = [
  of("keda.sh/v1alpha1", "ScaledObject", { triggers: [{ type: "postgresql", metadata: { password: PASSWORD } }] }),
  of("kubevirt.io/v1", "VirtualMachine", { template: { spec: CLOUD_INIT } }),
  told("template.openshift.io/v1", "Template", { objects: [], parameters: [{ name: "DB_PASSWORD", value: PASSWORD }] }),
  of("flink.apache.org/v1beta1", "FlinkDeployment", { flinkConfiguration: { "s3.secret-key": PASSWORD } }),
  of("kafka.strimzi.io/v1", "Kafka", { kafka: { config: { "delegation.token.secret.key": PASSWORD } } }),
  of("kafka.strimzi.io/v1", "KafkaMirrorMaker2", { mirrors: [{ source: { config: { "sasl.password": PASSWORD } } }] }),
];
const owner = { apiVersion: "kubevirt.io/v1", kind: "VirtualMachineInstance", name: "app", controller: true, uid: "1" };
const RUNS = [
  of("kubevirt.io/v1", "VirtualMachineInstance", CLOUD_INIT),
  pod({ name: "virt-launcher-app", metadata: { ownerReferences: [owner] } }),
  of("argoproj.io/v1alpha1", "Workflow", { arguments: { parameters: [{ name: "db-password", value: PASSWORD }] } }),
  of("tekton.dev/v1", "PipelineRun", { params: [{ name: "registry-password", value: PASSWORD }] }),
];
const WORLD = [namespace(), ...OPERATED];
const REASON = "VirtualMachineInstance objects are not listed, as they come and go by the thousand";

describe("what operators and runs are told", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
    await cluster.scan([namespace()]);
    await cluster.scan(WORLD);
    await cluster.scan([...WORLD, ...RUNS]);
    await cluster.scan(WORLD, ["virtualmachines.kubevirt.io"]);
  });
  afterAll(() => cluster.stop());

  const ask = (at: number) => cluster.ask(getControl, `?at=${at}`, { control: control.id });
  const failing = (objects: readonly unknown[]): readonly string[] => {
    const options = { isComplete: false, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
    return [...judge(buildInventory(objects, options), [control])].filter(({ state }) => state === "fail").map(({ resource }) => resource.kind);
  };
  async function openAt(seq: number): Promise<readonly string[]> {
    const { rows } = await getDatabase().pool.query<{ key: string }>(
      `SELECT r.key FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
       WHERE f.control_id = $1 AND s.state = 'fail' AND s.opened_seq <= $2 AND (s.closed_seq IS NULL OR s.closed_seq > $2)`,
      [control.id, seq],
    );
    return rows.map(({ key }) => key.split("/")[1] ?? "");
  }

  it("fails in a cluster as it does in manifests, of each kind that stays", async () => {
    const kinds = OPERATED.map(({ kind }) => kind).sort();
    expect([...(await openAt(2))].sort()).toEqual(kinds);
    expect([...failing(WORLD)].sort()).toEqual(kinds);
  });

  it("says nothing of what was not assessed where a cluster serves no runs", async () => {
    expect([(await ask(1)).unassessed, (await ask(2)).unassessed]).toMatchObject([
      { isUnlisted: false, reasons: [] },
      { isUnlisted: false, reasons: [] },
    ]);
  });

  it("says where it does that runs were not looked at, and asks for none", async () => {
    expect(failing(RUNS)).toEqual(["VirtualMachineInstance", "Workflow", "PipelineRun"]);
    const { isUnlisted, reasons } = (await ask(3)).unassessed;
    expect([isUnlisted, reasons]).toMatchObject([true, [{ cause: "left-out", reason: expect.stringContaining(REASON) }]]);
    const { kinds } = await cluster.ask(getSources, "?at=3");
    const left = kinds.filter(({ status }: { status: string }) => status === "left-out").map(({ kind }: { kind: string }) => kind);
    expect(left).toEqual(expect.arrayContaining(["VirtualMachineInstance", "Workflow", "PipelineRun"]));
    expect(left).not.toContain("SparkApplication");
  });

  it("judges the pods of a machine under the run that is not listed, and not as gone where it is not told any more", async () => {
    const { rows } = await getDatabase().pool.query<{ key: string }>("SELECT key FROM resource WHERE key LIKE 'kubevirt.io/VirtualMachineInstance/%'");
    expect(rows).toEqual([{ key: "kubevirt.io/VirtualMachineInstance/shop/app" }]);
  });

  it("keeps what was found of a kind that is refused, and says which", async () => {
    expect(await openAt(4)).toContain("VirtualMachine");
    const { reasons } = (await ask(4)).unassessed;
    expect(reasons).toMatchObject([{ cause: "gap", reason: expect.stringContaining("virtualmachines") }]);
  });

  it("takes what failed by an object of a kind that is refused for no pass, and what fails by it again for nothing new", async () => {
    await cluster.add("by");
    const machine = { ...of("kubevirt.io/v1", "VirtualMachine", {}), metadata: { name: "vm", namespace: "default" } };
    const scaler = of("keda.sh/v1alpha1", "ScaledObject", { scaleTargetRef: { name: "app" }, triggers: [] });
    const budget = { ...of("policy/v1", "PodDisruptionBudget", { minAvailable: 1, selector: {} }) };
    const clientConfig = { service: { namespace: "shop", name: "app", port: 80 }, caBundle: AUTHORITY };
    const rules = [{ operations: ["*"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }];
    const guard = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "guard" },
      webhooks: [{ name: "v.example.com", failurePolicy: "Fail", rules, clientConfig }],
    };
    const world = [namespace(), namespace({ name: "default" }), deployment(), service(), guard, budget, scaler, machine];
    const told = async (denied: readonly string[]) => {
      const seq = await cluster.scan(world, denied, "by");
      const stateOf = async (id: string) => {
        const { counts, unassessed } = await cluster.ask(getControl, `?at=${seq}`, { cluster: "by", control: id });
        const [why] = unassessed.reasons;
        return { failing: counts.failing, stale: unassessed.stale, reason: why?.reason, cause: why?.cause };
      };
      return [await stateOf("webhook-backend-fragile"), await stateOf("default-namespace-used")];
    };
    const fails = { failing: 1, stale: 0, reason: undefined };
    expect(await told([])).toMatchObject([fails, fails]);
    expect(await told(["scaledobjects.keda.sh", "virtualmachines.kubevirt.io"])).toMatchObject([
      { failing: 1, stale: 1, reason: expect.stringMatching(/^What scales Deployment app may leave fewer pods, .*scaledobjects/), cause: "gap" },
      {
        failing: 1,
        stale: 1,
        reason: expect.stringMatching(/^ScaledObject objects, of which some may lie there, were not read: .*scaledobjects/),
        cause: "gap",
      },
    ]);
    expect(await told([])).toMatchObject([fails, fails]);
    const compare = async (query: string): Promise<CompareResponse> => cluster.ask(getCompare, query, { cluster: "by" });
    const moved = [await compare("?since=1&at=2"), await compare("?since=2"), await compare("?since=1")].flatMap(({ closed, opened }) => [
      ...closed,
      ...opened,
    ]);
    expect(moved).toEqual([]);
  });

  it("lays a score at the door of what came, however much else was refused meanwhile, where runs were left out before as well", async () => {
    await cluster.add("grown");
    const machine = (name: string) => ({ ...of("kubevirt.io/v1", "VirtualMachine", {}), metadata: { name, namespace: "shop" } });
    await cluster.scan([...WORLD, ...RUNS], [], "grown");
    await cluster.scan([...WORLD, ...RUNS, machine("more")], ["nodes"], "grown");
    const { waterfalls }: CompareResponse = await cluster.ask(getCompare, "", { cluster: "grown" });
    const rows = waterfalls.find(({ layer }) => layer === "code")?.rows ?? [];
    expect(rows.filter(({ points }) => points !== 0).map(({ cause }) => cause)).toEqual(["new-resources"]);
  });

  it("writes nothing anew of objects that stay as they are, however they fare, and no credential", async () => {
    await cluster.add("still");
    const withStatus = (status: object) => WORLD.map((object) => ({ ...record(object), ...(record(object).kind === "Namespace" ? {} : { status }) }));
    for (const status of [{ ready: false }, { ready: true, at: "2026-11-25T00:00:00Z" }]) await cluster.scan(withStatus(status), [], "still");
    const { rows } = await getDatabase().pool.query<{ body: Uint8Array }>(
      `SELECT v.body FROM resource_version v JOIN resource r ON r.id = v.resource_id JOIN cluster c ON c.id = r.cluster_id
       WHERE c.slug = 'still' AND r.key LIKE '%/app'`,
    );
    const bodies = rows.map(({ body }) => unpackManifest(body));
    expect([bodies.length, bodies.filter((body) => body.includes(PASSWORD))]).toEqual([OPERATED.length, []]);
  });
});
