import { afterAll, beforeAll, expect, test } from "vitest";
import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { isNeverListed } from "@/lib/inventory/slice-kind";
import type { ServedResource } from "@/lib/demo/served-resource";
import { openConnection } from "@/lib/kube/open-connection";
import { manifest } from "../world/manifest";
import { applyReader } from "./apply-reader";
import { toDefinition, waitForDiscovery } from "./custom-definition";
import { describeOnCluster } from "./describe-on-cluster";
import { objectPathOf } from "./object-path";
import { scanCluster } from "./scan-cluster";
import { waitUntil } from "./wait-until";

interface CustomKind extends ServedResource {
  /** The group that has the same objects, so that this one is asked only where that one is not served. */
  readonly copyOf: string | undefined;
  /** It is said that it is served, and no list is asked for. */
  readonly isLeftOut: boolean;
}

// A kind of Gatekeeper is named by whoever writes its template.
const CUSTOM: readonly CustomKind[] = ALL_COLLECTORS.flatMap(({ kinds }) => kinds)
  .filter(({ group, resource }) => !BUILT_IN_RESOURCES.some((known) => known.group === group && known.plural === resource))
  .map(({ group, versions: [version = "v1"], resource, kind, sliceKind = kind, copyOf }) => ({
    group,
    version,
    ...(resource === "*" ? { plural: "teamlabels", kind: "TeamLabels" } : { plural: resource, kind }),
    namespaced: false,
    copyOf,
    isLeftOut: isNeverListed(sliceKind),
  }));
const COPIES = CUSTOM.filter(({ copyOf }) => copyOf !== undefined);
const LISTED = CUSTOM.filter(({ isLeftOut }) => !isLeftOut);
const LEFT_OUT = CUSTOM.filter(({ isLeftOut }) => isLeftOut);
const COPIED = CUSTOM.filter(({ group }) => COPIES.some(({ copyOf }) => copyOf === group));

describeOnCluster("kinds of other projects", {}, (controlPlane) => {
  const connection = openConnection({ source: "kubeconfig", kubeconfig: controlPlane.kubeconfigPath, context: null });

  async function install(custom: ServedResource): Promise<void> {
    const answer = await controlPlane.request("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", toDefinition(custom));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const path = `/apis/${custom.group}/${custom.version}/${custom.plural}`;
    await waitUntil(`${path} to be served`, async () => (await controlPlane.request("GET", path)).status === 200);
    const object = manifest(`${custom.group}/${custom.version}`, custom.kind, null, "one", { spec: {} });
    await waitUntil(`${path} to take an object`, async () => (await controlPlane.request("POST", path, object)).status < 300);
    await waitForDiscovery(connection, custom, true);
  }

  beforeAll(async () => {
    await Promise.all(CUSTOM.map(install));
  });
  afterAll(async () => {
    for (const custom of CUSTOM) await controlPlane.request("DELETE", objectPathOf(toDefinition(custom)));
    await connection.close();
  });

  async function remove(custom: ServedResource): Promise<void> {
    await controlPlane.request("DELETE", objectPathOf(toDefinition(custom)));
    const path = `/apis/${custom.group}/${custom.version}/${custom.plural}`;
    await waitUntil(`${path} to be gone`, async () => (await controlPlane.request("GET", path)).status === 404);
    await waitForDiscovery(connection, custom, false);
  }

  const nameOf = ({ group, resource }: { group: string; resource: string }) => `${group} ${resource}`;
  const namesOf = (kinds: readonly CustomKind[]) => kinds.map(({ group, plural }) => nameOf({ group, resource: plural }));

  /** The kinds of other projects whose one object was read, and every kind that was asked for and not read. */
  async function readAll() {
    const { coverage } = await scanCluster(await applyReader(controlPlane), new Date().toISOString());
    const read = coverage.filter(({ status, objects }) => status === "read" && objects === 1).map(nameOf);
    const unread = coverage.filter(({ status }) => !["read", "not-requested"].includes(status));
    return { read: namesOf(CUSTOM).filter((name) => read.includes(name)), unread: unread.map((entry) => `${nameOf(entry)}: ${entry.status}`) };
  }

  test("are found by discovery and read with the published ClusterRole, each of them once", async () => {
    expect(LEFT_OUT.length).toBeGreaterThan(0);
    const read = namesOf(LISTED.filter((custom) => !COPIES.includes(custom)));
    expect(await readAll()).toEqual({ read, unread: namesOf(LEFT_OUT).map((name) => `${name}: left-out`) });
  });

  test("are read from the group that is left, where two have the same objects", async () => {
    expect(COPIES.length).toBeGreaterThan(0);
    expect(COPIED.map(({ plural }) => plural)).toEqual(COPIES.map(({ plural }) => plural));
    await Promise.all(COPIED.map(remove));
    const read = namesOf(LISTED.filter((custom) => !COPIED.includes(custom)));
    const unread = CUSTOM.flatMap((custom) =>
      (COPIED.includes(custom) ? ["absent"] : custom.isLeftOut ? ["left-out"] : []).map((status) => `${namesOf([custom])}: ${status}`),
    );
    expect(await readAll()).toEqual({ read, unread });
    await Promise.all(COPIED.map(install));
  });

  test("break no control, even when there is nothing in them", async () => {
    const { verdicts } = await scanCluster(await applyReader(controlPlane), new Date().toISOString());
    expect(verdicts.filter(({ reason }) => reason?.includes("could not judge this object"))).toEqual([]);
  });
});
