import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getOne } from "@/app/api/v1/clusters/[cluster]/pod-security/[namespace]/route";
import { GET as getList } from "@/app/api/v1/clusters/[cluster]/pod-security/route";
import { componentPod, controlPlaneNode } from "@/lib/inventory/nodes/testing-control-plane";
import { cronJob, deployment, namespace } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const labelled = (name: string, labels: Readonly<Record<string, string>> = {}) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
const ENFORCE = "pod-security.kubernetes.io/enforce";
const VERSION = `${ENFORCE}-version`;

const ROOT = { securityContext: { runAsNonRoot: null, runAsUser: 0 } };
const OBJECTS = [
  labelled("clean"),
  deployment({ name: "api", namespace: "clean" }),
  labelled("half", { [ENFORCE]: "privileged", [VERSION]: "v1.28" }),
  deployment({ name: "root", namespace: "half", podSpec: ROOT }),
  cronJob({ name: "fine", namespace: "half" }),
  labelled("rough", { "pod-security.kubernetes.io/warn": "baseline" }),
  deployment({ name: "host", namespace: "rough", podSpec: { hostIPC: true, hostPID: true } }),
  deployment({ name: "root", namespace: "rough", podSpec: ROOT }),
  namespace({ name: "strict" }),
  deployment({ name: "old", namespace: "strict", podSpec: ROOT }),
  labelled("vacant", { [ENFORCE]: "baselin" }),
  labelled("kube-system"),
];

describe("Pod Security by namespace", () => {
  let cluster: ScannedCluster;
  const list = (query = "") => cluster.call(getList, query);
  const one = (name: string, query = "") => cluster.call(getOne, query, { namespace: name });
  beforeAll(async () => {
    cluster = await startScanned();
  });
  afterAll(() => cluster.stop());

  it("is not there before the first snapshot, and says so", async () => {
    expect(await list()).toMatchObject({ status: 404, body: { message: expect.stringContaining("no snapshot yet") } });
  });

  it("says of each namespace what is enforced, what it could enforce today and how many stand in the way of the next level", async () => {
    await cluster.scan(OBJECTS);
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body).toMatchObject({ notAssessed: null, policyVersion: "v1.36", isVersionKnown: true, nextAfter: null });
    expect(body.counts).toEqual({ all: 6, step: 3, blocked: 3, overreach: 1, enforcing: 2 });
    const brief = body.rows.map((row: Record<string, { acts: string; refused: number }> & { labels: { enforce: { acts: string } } }) => [
      row.namespace,
      row.scope,
      row.labels.enforce.acts,
      row.workloads,
      row.meets,
      row.step,
      row.blocked,
      row.baseline?.refused,
      row.restricted?.refused,
      row.overreach,
    ]);
    expect(brief).toEqual([
      ["clean", "workload", "privileged", 1, "restricted", "restricted", null, 0, 0, 0],
      ["half", "workload", "privileged", 2, "baseline", "baseline", "restricted", 0, 1, 0],
      ["rough", "workload", "privileged", 2, "privileged", null, "baseline", 1, 2, 0],
      ["strict", "workload", "restricted", 1, "baseline", null, "restricted", 0, 1, 1],
      ["vacant", "workload", "restricted", 0, "restricted", null, null, 0, 0, 0],
      ["kube-system", "platform", "privileged", 0, "restricted", "restricted", null, 0, 0, 0],
    ]);
    expect(body.commands).toEqual([
      `kubectl label --overwrite namespace clean ${ENFORCE}=restricted`,
      `kubectl label --overwrite namespace half ${ENFORCE}=baseline ${VERSION}=latest`,
    ]);
  });

  it("lists what stands in the way field by field; restricted leaves out what baseline asks already", async () => {
    const { status, body } = await one("rough");
    expect(status).toBe(200);
    expect(body.row).toMatchObject({ namespace: "rough", trial: expect.stringMatching(/namespace rough \S+audit=baseline$/) });
    const brief = (blockers: readonly { resource: { name: string }; state: string; fields: readonly { path: string; value: string }[] }[]) =>
      blockers.map(({ resource, state, fields }) => [resource.name, state, ...fields.map(({ path, value }) => `${path}=${value}`)]);
    const at = "spec.template.spec";
    expect(brief(body.baseline)).toEqual([["host", "refused", `${at}.hostPID=true`, `${at}.hostIPC=true`]]);
    expect(brief(body.restricted)).toEqual([["root", "refused", expect.stringContaining("runAsNonRoot"), expect.stringContaining("runAsUser=0")]]);
    expect(body.baseline[0].finding).toMatch(/^F-/);
  });

  it("pages, filters, and refuses what it cannot answer with one sentence", async () => {
    const first = (await list("?limit=2")).body;
    expect([first.rows.length, first.nextAfter]).toEqual([2, "half"]);
    const rest = (await list("?limit=9&after=half")).body;
    expect(rest.rows.map((row: { namespace: string }) => row.namespace)).toEqual(["rough", "strict", "vacant", "kube-system"]);
    expect((await list("?show=overreach")).body.rows.map((row: { namespace: string }) => row.namespace)).toEqual(["strict"]);
    expect(await list("?after=nowhere")).toMatchObject({ status: 400, body: { message: expect.stringContaining("nowhere") } });
    expect(await list("?show=most")).toMatchObject({ status: 400, body: { message: expect.stringContaining("show") } });
    expect(await list("?limit=0")).toMatchObject({ status: 400 });
    expect(await one("nowhere")).toMatchObject({ status: 404, body: { message: "c has no namespace nowhere in this snapshot." } });
  });

  it("answers as of any moment", async () => {
    const seq = await cluster.scan([labelled("clean", { [ENFORCE]: "restricted" }), deployment({ name: "api", namespace: "clean" })]);
    expect((await list()).body.counts).toEqual({ all: 1, step: 0, blocked: 0, overreach: 0, enforcing: 1 });
    expect((await list(`?at=${seq - 1}`)).body.counts.all).toBe(6);
    expect((await one("rough", `?at=${seq - 1}`)).body.baseline).toHaveLength(1);
    expect((await one("rough")).status).toBe(404);
  });

  it("says that labels do nothing where the API server has their plugin switched off, and proposes none", async () => {
    await cluster.scan([...OBJECTS, controlPlaneNode(), componentPod("kube-apiserver", ["--disable-admission-plugins=PodSecurity"])]);
    const { body } = await list();
    expect(body).toMatchObject({ off: { namespace: "kube-system" }, commands: [] });
    expect(body.counts).toEqual({ all: 6, step: 0, blocked: 3, overreach: 0, enforcing: 0 });
    const { row } = (await one("strict")).body;
    expect(row).toMatchObject({ meets: "baseline", step: null, blocked: "restricted", overreach: 0, command: null, trial: null });
    expect(row.labels.enforce).toMatchObject({ value: "restricted", acts: "privileged" });
    await cluster.scan(OBJECTS);
    expect((await list()).body).toMatchObject({ off: null, counts: { enforcing: 2 } });
  });

  it("pages what stands in the way, so that every workload is listed once", async () => {
    const many = Array.from({ length: 65 }, (_, i) => deployment({ name: `w-${i}`, namespace: "rough", podSpec: ROOT }));
    await cluster.scan([labelled("rough"), ...many]);
    const first = (await one("rough")).body;
    const second = (await one("rough", `?restricted=${first.next.restricted}`)).body;
    const names = [...first.restricted, ...second.restricted].map(({ resource }: { resource: { name: string } }) => resource.name);
    expect([first.restricted.length, second.restricted.length, second.next.restricted]).toEqual([60, 5, null]);
    expect(new Set(names).size).toBe(65);
    expect(first.next.baseline).toBeNull();
    expect((await one("rough", "?baseline=zzz")).status).toBe(400);
    await cluster.scan([labelled("rough"), ...many.slice(0, 60)]);
    const whole = (await one("rough")).body;
    expect([whole.restricted.length, whole.next.restricted]).toEqual([60, null]);
  });

  it("lists under restricted no workload whose many fields baseline asks for already, though a finding shows but some of them", async () => {
    const ports = Array.from({ length: 60 }, (_, i) => ({ containerPort: i + 1, hostPort: i + 1 }));
    await cluster.scan([labelled("rough"), deployment({ name: "crowd", namespace: "rough", container: { ports } })]);
    const { baseline, restricted } = (await one("rough")).body;
    expect([baseline[0].fields.length, restricted]).toEqual([51, []]);
  });

  it.each([["namespaces"], ["pods"], ["jobs.batch"]])("is not assessed where %s cannot be read, and says why", async (denied) => {
    await cluster.scan(OBJECTS, [denied]);
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body.notAssessed.reason).toMatch(/could not be read/);
    expect(body.notAssessed.action).toMatch(/grant|Grant/);
    expect(body.rows).toEqual([]);
    expect((await one("clean")).body).toMatchObject({ row: null, baseline: [], restricted: [], notAssessed: { reason: expect.any(String) } });
  });

  it("says what stands in the way where CronJobs cannot be read, and of no namespace what it meets", async () => {
    await cluster.scan(OBJECTS, ["cronjobs.batch"]);
    const { body } = await list();
    expect(body).toMatchObject({ notAssessed: null, unread: { reason: expect.stringMatching(/^CronJob objects could not be read/) }, commands: [] });
    expect(body.counts).toMatchObject({ all: 6, step: 0, blocked: 3 });
    expect(body.rows.map((row: Record<string, unknown>) => [row.namespace, row.meets, row.step, row.blocked])).toEqual([
      ["clean", null, null, null],
      ["half", null, null, "restricted"],
      ["rough", "privileged", null, "baseline"],
      ["strict", null, null, "restricted"],
      ["vacant", null, null, null],
      ["kube-system", null, null, null],
    ]);
    expect((await one("rough")).body.baseline).toHaveLength(1);
  });

  it.each([["pss-baseline"], ["pss-restricted"]])(
    "is not assessed where %s is switched off, and proposes no level that nobody asked about",
    async (control) => {
      await cluster.save({ disabledControls: { [control]: "Looked at by hand." } });
      // Its Pods are yet to come.
      await cluster.scan([labelled("rough"), deployment({ name: "host", namespace: "rough", podSpec: { hostPID: true } })]);
      await cluster.save({ disabledControls: {} });
      const reason = "No workload was judged by both levels of the Pod Security Standards in this snapshot.";
      expect((await list()).body).toMatchObject({ notAssessed: { reason }, rows: [], commands: [] });
    },
  );

  it("has nothing to say of a cluster without namespaces, and does not call that a success", async () => {
    await cluster.scan([]);
    expect((await list()).body).toMatchObject({ notAssessed: null, rows: [], counts: { all: 0, step: 0 } });
  });
});
