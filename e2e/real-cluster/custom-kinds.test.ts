import { afterAll, beforeAll, expect, test } from "vitest";
import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { manifest, type Manifest } from "../world/manifest";
import { applyReader } from "./apply-reader";
import { describeOnCluster } from "./describe-on-cluster";
import { objectPathOf } from "./object-path";
import { scanCluster } from "./scan-cluster";
import { waitUntil } from "./wait-until";

interface CustomKind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
}

// A kind of Gatekeeper is named by whoever writes its template.
const CUSTOM: readonly CustomKind[] = ALL_COLLECTORS.flatMap(({ kinds }) => kinds)
  .filter(({ group, resource }) => !BUILT_IN_RESOURCES.some((known) => known.group === group && known.plural === resource))
  .map(({ group, versions: [version = "v1"], resource, kind }) =>
    resource === "*" ? { group, version, plural: "teamlabels", kind: "TeamLabels" } : { group, version, plural: resource, kind },
  );

/** The least that makes a server serve the kind; its objects may have any content. */
function toDefinition({ group, version, plural, kind }: CustomKind): Manifest {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  const spec = {
    group,
    scope: "Cluster",
    names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [{ name: version, served: true, storage: true, schema }],
  };
  // Groups of kubernetes.io are protected: the annotation says that this is no official kind.
  const annotations = { "api-approved.kubernetes.io": "unapproved, for tests only" };
  return manifest("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, `${plural}.${group}`, { spec }, { annotations });
}

describeOnCluster("kinds of other projects", {}, (controlPlane) => {
  async function install(custom: CustomKind): Promise<void> {
    const answer = await controlPlane.request("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", toDefinition(custom));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const path = `/apis/${custom.group}/${custom.version}/${custom.plural}`;
    await waitUntil(`${path} to be served`, async () => (await controlPlane.request("GET", path)).status === 200);
    const object = manifest(`${custom.group}/${custom.version}`, custom.kind, null, "one", { spec: {} });
    await waitUntil(`${path} to take an object`, async () => (await controlPlane.request("POST", path, object)).status < 300);
  }

  beforeAll(async () => {
    await Promise.all(CUSTOM.map(install));
  });
  afterAll(async () => {
    for (const custom of CUSTOM) await controlPlane.request("DELETE", objectPathOf(toDefinition(custom)));
  });

  test("are found by discovery and read with the published ClusterRole, each of them", async () => {
    const { coverage } = await scanCluster(await applyReader(controlPlane), new Date().toISOString());
    const read = CUSTOM.map(({ group, plural, kind }) => {
      const entry = coverage.find((candidate) => candidate.group === group && candidate.resource === plural);
      return `${group} ${kind}: ${entry?.status} ${entry?.objects}`;
    });
    expect(read).toEqual(CUSTOM.map(({ group, kind }) => `${group} ${kind}: read 1`));
    expect(coverage.filter(({ status }) => !["read", "not-requested"].includes(status))).toEqual([]);
  });

  test("break no control, even when there is nothing in them", async () => {
    const { verdicts } = await scanCluster(await applyReader(controlPlane), new Date().toISOString());
    expect(verdicts.filter(({ reason }) => reason?.includes("could not judge this object"))).toEqual([]);
  });
});
