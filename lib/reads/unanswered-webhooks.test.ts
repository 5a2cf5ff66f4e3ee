import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getAdmission } from "@/app/api/v1/clusters/[cluster]/admission/route";
import { GET as listFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getPodSecurity } from "@/app/api/v1/clusters/[cluster]/pod-security/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import type { AdmissionPartDto, AdmissionResponse } from "@/lib/contracts/admission";
import type { PodSecurityRow } from "@/lib/contracts/pod-security";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { kyverno } from "@/lib/controls/testing-pod-security-guards";
import { EVERYTHING, needsBaseline, open } from "@/lib/controls/testing-tried-guards";
import { AUTHORITY, EXPIRED_AUTHORITY } from "@/lib/inventory/admission/testing-ca-bundles";
import { deployment, engineWebhook, service, webhookService } from "@/lib/inventory/testing";
import { podOf } from "@/lib/inventory/testing-roots";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const clientConfig = { service: { namespace: "guard", name: "app" }, caBundle: AUTHORITY };
const container = { image: "ghcr.io/kyverno/kyverno:v1.17.1" };
const world = (failurePolicy: string, ...readiness: readonly string[]) => of({ failurePolicy, rules: EVERYTHING }, readiness);
const of = (webhook: object, readiness: readonly string[]) => [
  open,
  needsBaseline,
  kyverno({}),
  { ...engineWebhook("kyverno"), webhooks: [{ name: "validate.kyverno.svc", clientConfig, ...webhook }] },
  webhookService(),
  deployment({ namespace: "guard", spec: { replicas: readiness.length }, container }),
  ...readiness.map((status, index) =>
    podOf("ReplicaSet", "app-7d4b9c5f6d", `app-7d4b9c5f6d-${index}`, {
      namespace: "guard",
      container,
      status: { phase: "Running", conditions: [{ type: "Ready", status }] },
    }),
  ),
];

/** What a snapshot says of one engine, on every page that speaks of it. */
describe("an engine whose pods are not ready", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
  });
  afterAll(() => cluster.stop());

  async function told(seq: number) {
    const at = `?at=${seq}`;
    const admission: AdmissionResponse = await cluster.ask(getAdmission, at);
    const partOf = (key: string): AdmissionPartDto | undefined => admission.groups.find((group) => group.key === key)?.parts[0];
    const rows: readonly PodSecurityRow[] = (await cluster.ask(getPodSecurity, at)).rows;
    const findings = (await cluster.ask(listFindings, `${at}&control=psa-enforce-missing`)).rows as readonly unknown[];
    const resource: ResourceResponse = await cluster.ask(getResource, at, { groupKind: "Namespace", namespace: "-", name: "shop" });
    return {
      webhook: partOf("webhooks")?.enforcement,
      policy: partOf("policies")?.enforcement,
      engine: rows.find(({ namespace }) => namespace === "shop")?.engine?.name ?? null,
      findings: findings.length,
      met: resource.rings.find(({ layer }) => layer === "cluster")?.met,
    };
  }
  const GUARDS = { webhook: "refuses", policy: "refuses", engine: "pod-security", findings: 0, met: 3 };

  it("guards nothing where it fails open, on all pages of that snapshot, and guards again on those of the next", async () => {
    const before = await cluster.scan(world("Ignore", "True", "True"));
    const away = await cluster.scan(world("Ignore", "False", "False"));
    const after = await cluster.scan(world("Ignore", "False", "True"));
    expect(await told(before)).toEqual(GUARDS);
    expect(await told(away)).toEqual({ webhook: "off", policy: "reports", engine: null, findings: 1, met: 2 });
    expect(await told(after)).toEqual(GUARDS);
  });

  it("guards nothing where somebody has deleted its webhook for pods, until it is there to write it anew", async () => {
    const ofPolicies = { failurePolicy: "Fail", rules: [{ operations: ["CREATE"], apiGroups: ["kyverno.io"], apiVersions: ["*"], resources: ["*"] }] };
    const away = await cluster.scan(of(ofPolicies, ["False"]));
    const there = await cluster.scan(of(ofPolicies, ["True"]));
    expect(await told(away)).toEqual({ webhook: "refuses", policy: "reports", engine: null, findings: 1, met: 2 });
    expect(await told(there)).toEqual(GUARDS);
  });

  it("guards nothing where the API server can trust nothing that answers, as long as that is so", async () => {
    const trusting = (caBundle: string) => of({ failurePolicy: "Ignore", rules: EVERYTHING, clientConfig: { ...clientConfig, caBundle } }, ["True"]);
    const over = await cluster.scan(trusting(EXPIRED_AUTHORITY));
    const valid = await cluster.scan(trusting(AUTHORITY));
    expect(await told(over)).toEqual({ webhook: "off", policy: "reports", engine: null, findings: 1, met: 2 });
    expect(await told(valid)).toEqual(GUARDS);
  });

  it("guards by addresses that somebody writes where they are there, and not by what was not read", async () => {
    const written = [
      ...world("Ignore", "True").filter(({ kind }) => kind !== "Service"),
      service({ namespace: "guard", spec: { selector: undefined, ports: [{ port: 443 }] } }),
    ];
    const slice = (name: string) => ({
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: `${name}-1`, namespace: "guard", labels: { "kubernetes.io/service-name": name } },
      endpoints: [{ addresses: ["10.0.0.1"] }],
    });
    const [there, away, unread] = [
      await cluster.scan([...written, slice("app")]),
      await cluster.scan([...written, slice("other")]),
      await cluster.scan([...written, slice("app")], ["endpointslices.discovery.k8s.io"]),
    ];
    expect(await told(there)).toEqual(GUARDS);
    expect(await told(away)).toEqual({ webhook: "off", policy: "reports", engine: null, findings: 1, met: 2 });
    expect(await told(unread)).toMatchObject({ policy: "hidden", engine: null });
  });

  it("lets nothing in where it fails closed", async () => {
    expect(await told(await cluster.scan(world("Fail", "False", "False")))).toEqual(GUARDS);
  });
});
