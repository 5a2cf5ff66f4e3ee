import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDocuments } from "@/lib/cli/parse-documents";
import { findControl, listControls } from "@/lib/controls/registry";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { apiVersionOf } from "@/lib/demo/served-resource";
import { judge } from "@/lib/engine/judge";
import { proposePatch } from "@/lib/engine/propose-patch";
import type { Inventory } from "@/lib/inventory/inventory";
import type { KindCoverage } from "@/lib/model/coverage";
import { dig, record, records, text } from "@/lib/model/json";
import { resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import type { ControlPlane } from "../control-plane/control-plane";
import { startControlPlane } from "../control-plane/start";
import { KUBERNETES_MINOR } from "../control-plane/versions";
import { manifest, type Manifest } from "../world/manifest";
import { nodeManifests } from "../world/nodes";
import { applyManifests, waitForDefaultAccount } from "./apply-manifests";
import { applyReader } from "./apply-reader";
import { compareVerdicts } from "./compare-verdicts";
import { dryRunPatch } from "./dry-run-patch";
import { judgeManifests } from "./judge-manifests";
import { listPathOf, objectPathOf } from "./object-path";
import { readCluster } from "./read-cluster";
import { waitForControllers } from "./wait-for-controllers";

/** A folder of manifests, one file a project; others than the shared ones are tried by naming their folder. */
const CORPUS = process.env.CONCENTRIC_CORPUS ?? "../shared/corpus";
const isThere = existsSync(CORPUS);
if (!isThere) console.log(`Tests on well-known projects are skipped: ${CORPUS} is not here.`);
const files = isThere
  ? readdirSync(CORPUS)
      .filter((name) => name.endsWith(".yaml"))
      .sort()
  : [];

// A webhook or an extension API without anything behind it would break what is applied after it.
const LAST = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "APIService"];

/** The documents of a project that this server serves, each in a namespace. */
function readProject(name: string): readonly Manifest[] {
  const objects = parseDocuments(name, readFileSync(join(CORPUS, name))).documents.map(({ object }) => object);
  const home = `corpus-${name.replace(".yaml", "")}`;
  const served = objects.flatMap((object): Manifest[] => {
    const resource = BUILT_IN_RESOURCES.find((candidate) => candidate.kind === object.kind && apiVersionOf(candidate) === object.apiVersion);
    // A Job with a time to live is removed when it has run: by the time of the scan, or in the middle of it.
    const isShortLived = dig(object, "spec", "ttlSecondsAfterFinished") !== undefined;
    if (resource === undefined || isShortLived || text(dig(object, "metadata", "name")) === undefined) return [];
    const namespace = resource.namespaced ? { namespace: text(dig(object, "metadata", "namespace")) ?? home } : {};
    return [{ ...object, metadata: { ...record(object.metadata), ...namespace } }];
  });
  const names = new Set([home, ...served.flatMap((object) => text(dig(object, "metadata", "namespace")) ?? [])]);
  for (const object of served) if (object.kind === "Namespace") names.delete(text(dig(object, "metadata", "name")) ?? "");
  const namespaces = [...names]
    .filter((namespace) => !["default", "kube-system", "kube-public"].includes(namespace))
    .map((namespace) => manifest("v1", "Namespace", null, namespace));
  const order = ({ kind }: Manifest) => (kind === "Namespace" ? 0 : kind === "ServiceAccount" ? 1 : LAST.includes(String(kind)) ? 3 : 2);
  return [...namespaces, ...served].sort((a, b) => order(a) - order(b));
}

/**
 * Leaves out what the cluster has made something else of: a bare pod that fits a controller's selector is taken in or killed, and its
 * controller then runs a pod that is not its template's.
 */
async function withoutChanged(controlPlane: ControlPlane, objects: readonly Manifest[]): Promise<readonly Manifest[]> {
  const changed = new Set<string>();
  for (const object of objects) {
    if (object.kind !== "Pod") continue;
    const { body } = await controlPlane.request("GET", objectPathOf(object));
    const owners = records(dig(body, "metadata", "ownerReferences"));
    if (record(body).kind !== object.kind || owners.length > 0) changed.add(`${String(object.kind)}/${text(dig(object, "metadata", "name"))}`);
    for (const owner of owners) changed.add(`${text(owner.kind)}/${text(owner.name)}`);
  }
  return objects.filter((object) => !changed.has(`${String(object.kind)}/${text(dig(object, "metadata", "name"))}`));
}

/** Of the verdicts that everything was read for: what nobody asked to read is left out. */
function shareOfUnknown(verdicts: readonly Verdict[], coverage: readonly KindCoverage[]): number {
  const unasked = new Set(coverage.flatMap(({ status, reason }) => (status === "not-requested" && reason ? [reason] : [])));
  const asked = verdicts.filter(({ reason }) => !unasked.has(reason ?? ""));
  return asked.filter(({ state }) => state === "unknown").length / asked.length;
}

async function deleteLast(controlPlane: ControlPlane, objects: readonly Manifest[]): Promise<void> {
  for (const object of objects) if (LAST.includes(String(object.kind))) await controlPlane.request("DELETE", objectPathOf(object));
}

/** Of each control so many proposals are tried on one project. */
const PATCHES = 5;

/** What the server would not take of what is proposed for the failing objects, all but those that are gone. */
async function listRefusedPatches(controlPlane: ControlPlane, inventory: Inventory, verdicts: readonly Verdict[]): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const [id, failing] of Map.groupBy(
    verdicts.filter(({ state, resource }) => state === "fail" && !LAST.includes(resource.kind)),
    ({ control }) => control,
  )) {
    const control = findControl(id);
    for (const { resource, locator } of failing.slice(0, PATCHES)) {
      const patch = control && proposePatch(inventory, control, resource, locator);
      const problem = patch ? await dryRunPatch(controlPlane, resource, patch) : null;
      if (problem !== null) refused.push(`${id} on ${resourceKey(resource)}: ${problem}`);
    }
  }
  return refused;
}

describe.skipIf(!isThere)("well-known projects on a genuine control plane of their own", () => {
  let controlPlane: ControlPlane | null = null;
  let reader: string | null = null;
  let stop = async (): Promise<void> => {};
  beforeAll(async () => {
    const started = await startControlPlane();
    if ("reason" in started || !started.controlPlane.hasControllers) return;
    controlPlane = started.controlPlane;
    stop = started.stop;
    await applyManifests(controlPlane, nodeManifests());
    reader = await applyReader(controlPlane);
  });
  afterAll(() => stop());

  test.for(files)("%s: live verdicts equal those of its manifests, nothing crashes, and the server would take each patch", async (name, { skip }) => {
    if (controlPlane === null || reader === null) return skip();
    const accepted: Manifest[] = [];
    try {
      for (const object of readProject(name)) {
        const answer = await controlPlane.request("POST", listPathOf(object), object);
        if (answer.status === 201) accepted.push(object);
        if (object.kind === "Namespace") await waitForDefaultAccount(controlPlane, objectPathOf(object));
      }
      expect(accepted.length).toBeGreaterThan(3);
      await waitForControllers(controlPlane);
      const kept = await withoutChanged(controlPlane, accepted);
      const observedAt = new Date().toISOString();
      const { inventory, coverage } = await readCluster(reader, { observedAt });
      const verdicts = [...judge(inventory, listControls())];
      expect(coverage.filter(({ status }) => status === "failed" || status === "forbidden")).toEqual([]);
      expect(verdicts.filter(({ reason }) => reason?.includes("could not judge this object"))).toEqual([]);
      expect(shareOfUnknown(verdicts, coverage)).toBeLessThanOrEqual(0.02);
      const { decided, differences } = compareVerdicts(
        judgeManifests([...nodeManifests(), ...kept], listControls(), { minor: KUBERNETES_MINOR, observedAt }),
        verdicts,
      );
      expect(differences).toEqual([]);
      expect(decided).toBeGreaterThan(0);
      // Policies whose engine does not run would refuse what is asked here.
      await deleteLast(controlPlane, accepted);
      expect(await listRefusedPatches(controlPlane, inventory, verdicts)).toEqual([]);
    } finally {
      await deleteLast(controlPlane, accepted);
    }
  });
});
