import { afterAll, beforeAll, expect, test } from "vitest";
import { getFinding } from "@/lib/reads/get-finding";
import { listFindings } from "@/lib/reads/list-findings";
import { dig, list, record, records } from "@/lib/model/json";
import { container, manifest, templateFor, type Manifest } from "../world/manifest";
import { nodeManifests } from "../world/nodes";
import { applyManifests, deleteObject } from "./apply-manifests";
import { applyReader } from "./apply-reader";
import { describeOnCluster } from "./describe-on-cluster";
import { objectPathOf } from "./object-path";
import { type RememberedCluster, rememberCluster } from "./remembered-cluster";
import { waitForControllers } from "./wait-for-controllers";
import { waitForDeletions } from "./wait-for-deletions";
import { waitUntil } from "./wait-until";

const CONTROL = "privilege-escalation-allowed";
const NAMESPACE = manifest("v1", "Namespace", null, "story");

function deployment(name: string): Manifest {
  return manifest("apps/v1", "Deployment", "story", name, {
    spec: { replicas: 2, ...templateFor(name, { containers: [container("app", "registry.example.com/story/app:1")] }) },
  });
}

describeOnCluster("findings on a workload with a history", { controllers: true }, (controlPlane) => {
  let memory: RememberedCluster;
  beforeAll(async () => {
    await waitForDeletions(controlPlane);
    await applyManifests(controlPlane, [...nodeManifests(), NAMESPACE, deployment("cart")]);
    memory = await rememberCluster("story", await applyReader(controlPlane));
  });
  afterAll(async () => {
    await memory?.stop();
    await controlPlane.request("DELETE", objectPathOf(NAMESPACE));
  });

  /** Until no pod of an older template is left: what one fails is a finding of its Deployment as long as it is there. */
  async function waitForRollout(name: string): Promise<void> {
    await waitUntil(`the rollout of ${name} to come to its end`, async () => {
      const { metadata, spec, status } = record((await controlPlane.request("GET", objectPathOf(deployment(name)))).body);
      const pods = records(record((await controlPlane.request("GET", "/api/v1/namespaces/story/pods")).body).items);
      const replicas = dig(spec, "replicas");
      const isSeen = dig(status, "observedGeneration") === dig(metadata, "generation");
      const counts = ["updatedReplicas", "readyReplicas", "replicas"].map((count) => dig(status, count));
      return isSeen && counts.every((count) => count === replicas) && pods.length === replicas;
    });
  }

  async function patchContainer(change: Manifest): Promise<void> {
    const patch = { spec: { template: { spec: { containers: [{ name: "app", ...change }] } } } };
    const answer = await controlPlane.request("PATCH", objectPathOf(deployment("cart")), patch, { contentType: "application/strategic-merge-patch+json" });
    expect(answer.status).toBe(200);
    await waitForRollout("cart");
  }

  async function deleteWithPods(object: Manifest): Promise<void> {
    await deleteObject(controlPlane, object);
    await waitUntil(
      "its pods to be gone",
      async () => list(record((await controlPlane.request("GET", "/api/v1/namespaces/story/pods")).body).items).length === 0,
    );
    await waitUntil(
      "its ReplicaSets to be gone",
      async () => list(record((await controlPlane.request("GET", "/apis/apps/v1/namespaces/story/replicasets")).body).items).length === 0,
    );
  }

  /** Ids of the open findings of the control in the namespace, by object. */
  async function openIds(): Promise<Readonly<Record<string, string>>> {
    const { rows } = await listFindings("story", { control: [CONTROL], namespace: ["story"] });
    return Object.fromEntries(rows.map(({ id, resource }) => [`${resource.kind}/${resource.name}`, id]));
  }

  test("keep one id through rollout, fix, relapse, deletion and return, and their permalinks tell it", async () => {
    await waitForControllers(controlPlane);
    const first = await memory.scan();
    const id = (await openIds())["Deployment/cart"];
    if (id === undefined) throw new Error("no finding on the Deployment");
    const opened = await getFinding("story", id, {});
    expect(opened).toMatchObject({ state: "open", control: CONTROL, resource: { kind: "Deployment", namespace: "story", name: "cart" } });

    await patchContainer({ image: "registry.example.com/story/app:2" });
    await memory.scan();
    expect(await openIds()).toEqual({ "Deployment/cart": id });
    const rolled = await getFinding("story", id, {});
    expect(rolled).toMatchObject({ state: "open", openedAt: opened.openedAt });

    await patchContainer({ securityContext: { allowPrivilegeEscalation: false } });
    await memory.scan();
    expect(await openIds()).toEqual({});
    expect(await getFinding("story", id, {})).toMatchObject({ state: "fixed", resourceGone: false });

    await patchContainer({ securityContext: { allowPrivilegeEscalation: true } });
    await memory.scan();
    expect(await openIds()).toEqual({ "Deployment/cart": id });
    const relapsed = await getFinding("story", id, {});
    expect(relapsed.firstSeenAt).toBe(opened.firstSeenAt);
    expect(relapsed.story.some((sentence) => sentence.startsWith("It came back"))).toBe(true);

    await deleteWithPods(deployment("cart"));
    await memory.scan();
    expect(await openIds()).toEqual({});
    expect(await getFinding("story", id, {})).toMatchObject({ state: "gone", resourceGone: true });

    await applyManifests(controlPlane, [deployment("cart")]);
    await waitForControllers(controlPlane);
    await memory.scan();
    expect(await openIds()).toEqual({ "Deployment/cart": id });
    expect(await getFinding("story", id, {})).toMatchObject({ state: "open", resourceGone: false });

    expect(await getFinding("story", id, { at: first })).toMatchObject({ state: "open", moment: { isNow: false } });
  });

  test("are new ones under a new name, and the old permalink says that its object is gone", async () => {
    const id = (await openIds())["Deployment/cart"];
    if (id === undefined) throw new Error("no finding on the Deployment");
    await deleteWithPods(deployment("cart"));
    await applyManifests(controlPlane, [deployment("basket")]);
    await waitForRollout("basket");
    await memory.scan();
    const ids = await openIds();
    expect(Object.keys(ids)).toEqual(["Deployment/basket"]);
    expect(ids["Deployment/basket"]).not.toBe(id);
    expect(await getFinding("story", id, {})).toMatchObject({ state: "gone", resourceGone: true, resource: { name: "cart" } });
  });

  test("are not stored again by a scan that sees nothing new", async () => {
    const count = async () => {
      const { rows } = await memory.database.pool.query<{ n: number }>(
        "SELECT (SELECT count(*) FROM finding_span) + (SELECT count(*) FROM finding) + (SELECT count(*) FROM resource_version) + (SELECT count(*) FROM tally) AS n",
      );
      return Number(rows[0]?.n);
    };
    const before = await count();
    await memory.scan();
    expect(await count()).toBe(before);
  });
});
