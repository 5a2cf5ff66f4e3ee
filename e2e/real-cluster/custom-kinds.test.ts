import { afterAll, beforeAll, expect, test } from "vitest";
import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import type { ServedResource } from "@/lib/demo/served-resource";
import { manifest } from "../world/manifest";
import { applyReader } from "./apply-reader";
import { toDefinition } from "./custom-definition";
import { describeOnCluster } from "./describe-on-cluster";
import { objectPathOf } from "./object-path";
import { scanCluster } from "./scan-cluster";
import { waitUntil } from "./wait-until";

// A kind of Gatekeeper is named by whoever writes its template.
const CUSTOM: readonly ServedResource[] = ALL_COLLECTORS.flatMap(({ kinds }) => kinds)
  .filter(({ group, resource }) => !BUILT_IN_RESOURCES.some((known) => known.group === group && known.plural === resource))
  .map(({ group, versions: [version = "v1"], resource, kind }) =>
    resource === "*"
      ? { group, version, plural: "teamlabels", kind: "TeamLabels", namespaced: false }
      : { group, version, plural: resource, kind, namespaced: false },
  );

describeOnCluster("kinds of other projects", {}, (controlPlane) => {
  async function install(custom: ServedResource): Promise<void> {
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
