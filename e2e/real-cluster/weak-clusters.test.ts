import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { accessCollector } from "@/lib/collectors/access";
import { answerAccess } from "@/lib/graph/rbac/answer-access";
import { buildRbacIndex } from "@/lib/graph/rbac/rbac-index";
import { dig, isRecord, record, text } from "@/lib/model/json";
import type { Verdict } from "@/lib/model/verdict";
import type { ControlPlane } from "../control-plane/control-plane";
import { startControlPlane } from "../control-plane/start";
import { BAD_POD_WEAKNESSES, findBadPod } from "../weak-clusters/bad-pods";
import { ESCALATIONS, escalationManifests } from "../weak-clusters/escalations";
import { GOAT_WEAKNESSES } from "../weak-clusters/kubernetes-goat";
import type { KnownWeakness } from "../weak-clusters/known-weakness";
import { LEAKED_SECRETS, leakedSecretManifests } from "../weak-clusters/leaked-secrets";
import { manifest, type Manifest } from "../world/manifest";
import { nodeManifests } from "../world/nodes";
import { applyManifests } from "./apply-manifests";
import { applyReader } from "./apply-reader";
import { findCustomKind } from "./custom-definition";
import { readCluster } from "./read-cluster";
import { scanCluster } from "./scan-cluster";
import { waitForControllers } from "./wait-for-controllers";

const CORPUS = "../shared/corpus";

/** The objects of a project that a server of today takes. Jobs wait: one that has ended is judged no more. */
function readProject(file: string, home: string): readonly Manifest[] {
  const documents = parseAllDocuments(readFileSync(`${CORPUS}/${file}`, "utf8"), { logLevel: "silent" });
  const objects = documents.map((document) => document.toJS() as unknown).filter(isRecord);
  return objects
    .filter((object) => findCustomKind(object) === null)
    .map((object) => {
      const metadata = { namespace: home, ...record(object.metadata) };
      const modern = object.apiVersion === "batch/v1beta1" ? { ...object, apiVersion: "batch/v1" } : object;
      const waiting = /Job$/.test(String(object.kind)) ? { spec: { ...record(object.spec), suspend: true } } : {};
      return { ...modern, metadata, ...waiting };
    });
}

const nameOf = ({ resource }: Verdict) => `${resource.kind} ${resource.namespace === null ? "" : `${resource.namespace}/`}${resource.name}`;

/** One line for each weakness that was not found, and for each that was found where there is none. */
function findGaps(expected: readonly KnownWeakness[], verdicts: readonly Verdict[]): readonly string[] {
  const failing = new Set(verdicts.filter(({ state }) => state === "fail" || state === "subsumed").map((verdict) => `${nameOf(verdict)} ${verdict.control}`));
  const passing = new Set(
    verdicts.filter(({ state }) => state === "pass" || state === "not-applicable").map((verdict) => `${nameOf(verdict)} ${verdict.control}`),
  );
  return expected.flatMap(({ object, found, met = [] }) => [
    ...found.filter((control) => !failing.has(`${object} ${control}`)).map((control) => `${object}: ${control} was not found`),
    ...met
      .filter((control) => failing.has(`${object} ${control}`) || !passing.has(`${object} ${control}`))
      .map((control) => `${object}: ${control} is not met`),
  ]);
}

describe("clusters that are weak on purpose, on a genuine control plane of their own", () => {
  let controlPlane: ControlPlane | null = null;
  let stop = async (): Promise<void> => {};
  let kubeconfig = "";
  beforeAll(async () => {
    const started = await startControlPlane();
    if ("reason" in started || !started.controlPlane.hasControllers) return;
    controlPlane = started.controlPlane;
    stop = started.stop;
    await applyManifests(controlPlane, nodeManifests());
    kubeconfig = await applyReader(controlPlane);
  });
  afterAll(() => stop());

  async function scanWith(cluster: ControlPlane, objects: readonly Manifest[]): Promise<readonly Verdict[]> {
    await applyManifests(cluster, objects);
    await waitForControllers(cluster);
    return (await scanCluster(kubeconfig, new Date().toISOString())).verdicts;
  }

  test("Kubernetes Goat: every scenario that objects can show is found", async ({ skip }) => {
    if (controlPlane === null || !existsSync(CORPUS)) return skip();
    const verdicts = await scanWith(controlPlane, readProject("kubernetes-goat.yaml", "default"));
    expect(findGaps(GOAT_WEAKNESSES, verdicts)).toEqual([]);
  });

  test("Kubernetes Goat: its accounts can do what attackers use them for", async ({ skip }) => {
    if (controlPlane === null || !existsSync(CORPUS)) return skip();
    const { roles, bindings } = (await readCluster(kubeconfig, { collectors: [accessCollector] })).inventory.slices;
    if (roles.state !== "read" || bindings.state !== "read") throw new Error("roles and bindings were not read");
    const index = buildRbacIndex(roles.items, bindings.items);
    const ask = (user: string, verb: string, resource: string, namespace?: string) =>
      answerAccess(index, { kind: "access", user, verb, resource, ...(namespace === undefined ? {} : { namespace }) }, true).allowed;
    expect(ask("system:serviceaccount:big-monolith:big-monolith-sa", "get", "secrets", "big-monolith")).toBe(true);
    expect(ask("system:serviceaccount:big-monolith:big-monolith-sa", "get", "secrets", "default")).toBe(false);
    expect(ask("system:serviceaccount:kube-system:superadmin", "escalate", "clusterroles")).toBe(true);
    expect(ask("system:serviceaccount:default:default", "list", "secrets", "default")).toBe(false);
  });

  test("bad pods: each is as bad as its name says, whatever controller runs it, and no worse", async ({ skip }) => {
    if (controlPlane === null || !existsSync(CORPUS)) return skip();
    await applyManifests(controlPlane, [manifest("v1", "Namespace", null, "bad-pods")]);
    const objects = readProject("badpods.yaml", "bad-pods");
    const verdicts = await scanWith(controlPlane, objects);
    const expected = objects.flatMap((object): readonly KnownWeakness[] => {
      const name = text(dig(object, "metadata", "name")) ?? "";
      const badness = BAD_POD_WEAKNESSES[findBadPod(name) ?? ""];
      return object.kind === "Service" || badness === undefined ? [] : [{ object: `${String(object.kind)} bad-pods/${name}`, ...badness }];
    });
    expect(expected.length).toBeGreaterThan(100);
    expect(findGaps(expected, verdicts)).toEqual([]);
  });

  test("an attack graph's edges: every way out of a container and up to a stronger account is found", async ({ skip }) => {
    if (controlPlane === null) return skip();
    expect(findGaps(ESCALATIONS, await scanWith(controlPlane, escalationManifests()))).toEqual([]);
  });

  test("leaked secrets: each wrong place is found, and the right ones are left alone", async ({ skip }) => {
    if (controlPlane === null) return skip();
    expect(findGaps(LEAKED_SECRETS, await scanWith(controlPlane, leakedSecretManifests()))).toEqual([]);
  });
});
