import { fc } from "@/lib/model/testing-properties";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessCollector } from "@/lib/collectors/access";
import { type AccessQuestion, answerAccess } from "@/lib/graph/rbac/answer-access";
import { buildRbacIndex, type RbacIndex } from "@/lib/graph/rbac/rbac-index";
import { type KubeObject, toKubeObject } from "@/lib/inventory/kube-object";
import { dig, records } from "@/lib/model/json";
import { manifest, type Manifest } from "../world/manifest";
import { applyManifests } from "./apply-manifests";
import { describeOnCluster } from "./describe-on-cluster";
import { listPathOf } from "./object-path";
import { questionPlan, toQuestion } from "./random-access-question";
import { labelsOf, MARK, NAMESPACES, randomRbac, renameWorld } from "./random-rbac";
import { readCluster } from "./read-cluster";
import { waitUntil } from "./wait-until";

const RBAC = "rbac.authorization.k8s.io";
const WORLDS = 40;
const QUESTIONS = 130;
const KINDS = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"] as const;
const SPACES = NAMESPACES.map((name) => manifest("v1", "Namespace", null, name));

/** Two grants that the authoriser knows only when it knows everything that was written before them. */
function markersOf(round: number): readonly Manifest[] {
  const labels = { labels: { [MARK]: "marker" } };
  const [namespace] = NAMESPACES;
  const subjects = [{ kind: "User", apiGroup: RBAC, name: `marker-${round}` }];
  const rules = [{ apiGroups: ["marker"], resources: ["markers"], verbs: ["get"] }];
  return (["ClusterRole", "Role"] as const).flatMap((kind) => {
    const where = kind === "Role" ? namespace : null;
    const roleRef = { apiGroup: RBAC, kind, name: `marker-${round}` };
    return [
      manifest(`${RBAC}/v1`, kind, where, `marker-${round}`, { rules }, labels),
      manifest(`${RBAC}/v1`, `${kind}Binding`, where, `marker-${round}`, { roleRef, subjects }, labels),
    ];
  });
}

describeOnCluster("access answers", { controllers: true }, (controlPlane) => {
  let round = 0;
  beforeAll(() => applyManifests(controlPlane, SPACES));
  afterAll(async () => {
    await clear();
    await clearRevived();
    for (const space of SPACES) await controlPlane.request("DELETE", `/api/v1/namespaces/${String(dig(space, "metadata", "name"))}`);
  });

  async function clear(): Promise<void> {
    for (const kind of KINDS) {
      const spaces = kind.startsWith("Cluster") ? [null] : NAMESPACES;
      for (const space of spaces) await controlPlane.request("DELETE", `${listPathOf(manifest(`${RBAC}/v1`, kind, space, ""))}?labelSelector=${MARK}`);
    }
  }

  // The aggregation controller writes roles by apply: one that it had in hand when it was deleted comes back, without labels.
  async function clearRevived(): Promise<void> {
    const path = `/apis/${RBAC}/v1/clusterroles`;
    await waitUntil("no role of this test to be left", async () => {
      const names = records(dig((await controlPlane.request("GET", path)).body, "items")).map((role) => String(dig(role, "metadata", "name")));
      const left = names.filter((name) => name.startsWith("access-"));
      for (const name of left) await controlPlane.request("DELETE", `${path}/${name}`);
      return left.length === 0;
    });
  }

  async function review({ user, groups = [], path, verb, group, resource, subresource, name, namespace }: AccessQuestion): Promise<boolean> {
    const asked =
      path === undefined ? { resourceAttributes: { verb, group, resource, subresource, name, namespace } } : { nonResourceAttributes: { verb, path } };
    const body = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec: { user, groups, ...asked } };
    const answer = await controlPlane.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return dig(answer.body, "status", "allowed") === true;
  }

  /** Waits until the authoriser has seen all that was written: its four watches each deliver in the order of writing. */
  async function settle(): Promise<void> {
    await applyManifests(controlPlane, markersOf(round));
    const marker = { kind: "access", user: `marker-${round}`, verb: "get", group: "marker", resource: "markers" } as const;
    await waitUntil("the authoriser to know cluster roles", () => review(marker));
    await controlPlane.request("DELETE", `/apis/${RBAC}/v1/clusterrolebindings/marker-${round}`);
    await waitUntil("the authoriser to know roles", async () => !(await review(marker)) && review({ ...marker, namespace: NAMESPACES[0] }));
  }

  /** The aggregation controller works beside the API server. Its result is known: as many rules as there are in all sources together. */
  async function waitForAggregation(world: readonly Manifest[]): Promise<void> {
    const rulesOf = async (object: Manifest) =>
      records(dig((await controlPlane.request("GET", pathOf(object))).body, "rules")).map((rule) => JSON.stringify(rule));
    const clusterRoles = world.filter(({ kind }) => kind === "ClusterRole");
    await waitUntil("aggregated roles to have their rules", async () => {
      const live = new Map(await Promise.all(clusterRoles.map(async (object) => [object, await rulesOf(object)] as const)));
      return clusterRoles.every((object) => {
        const colours = records(dig(object, "aggregationRule", "clusterRoleSelectors")).map((selector) => dig(selector, "matchLabels", "colour"));
        const sources = clusterRoles.filter((other) => other !== object && colours.includes(labelsOf(other).colour));
        const wanted = new Set(sources.flatMap((source) => live.get(source) ?? []));
        return colours.length === 0 || wanted.isSubsetOf(new Set(live.get(object)));
      });
    });
  }

  const pathOf = (object: Manifest) => `${listPathOf(object)}/${String(dig(object, "metadata", "name"))}`;

  async function readIndexes(world: readonly Manifest[]): Promise<Readonly<Record<string, RbacIndex>>> {
    const { inventory } = await readCluster(controlPlane.kubeconfigPath, { collectors: [accessCollector] });
    const { roles, bindings } = inventory.slices;
    if (roles.state !== "read" || bindings.state !== "read") throw new Error("roles and bindings were not read");
    const isOurs = (object: KubeObject) => object.labels[MARK] === "yes";
    const written = world.map((body) => toKubeObject(body, () => "workload"));
    const ofKind = (suffix: string) => written.filter(({ ref }) => ref.kind.endsWith(suffix));
    return {
      live: buildRbacIndex(roles.items, bindings.items),
      written: buildRbacIndex(
        [...roles.items.filter((object) => !isOurs(object)), ...ofKind("Role")],
        [...bindings.items.filter((object) => !isOurs(object)), ...ofKind("Binding")],
      ),
    };
  }

  test("equal SubjectAccessReview's, for random roles, bindings and questions that miss by a little", async () => {
    const seen = { asked: 0, allowed: 0 };
    const plans = fc.array(questionPlan, { minLength: QUESTIONS, maxLength: QUESTIONS });
    const property = fc.asyncProperty(randomRbac, plans, async (random, planned) => {
      await clear();
      round += 1;
      const world = renameWorld(random, round);
      await applyManifests(controlPlane, world);
      await waitForAggregation(world);
      await settle();
      const indexes = await readIndexes(world);
      const questions = planned.map((plan) => toQuestion(world, plan));
      const answers = await Promise.all(questions.map(review));
      questions.forEach((question, at) => {
        for (const [which, index] of Object.entries(indexes)) {
          expect(answerAccess(index, question, true).allowed, `${which}: ${JSON.stringify(question)}`).toBe(answers[at]);
        }
      });
      seen.asked += questions.length;
      seen.allowed += answers.filter(Boolean).length;
    });
    const result = await fc.check(property, { numRuns: WORLDS, endOnFailure: true });
    expect(result.failed ? `seed ${result.seed}, path ${result.counterexamplePath}: ${String(result.errorInstance)}` : null).toBeNull();
    console.log(`access answers: ${seen.asked} questions, ${seen.allowed} allowed`);
    expect(seen.asked).toBeGreaterThanOrEqual(1000);
    expect(seen.allowed / seen.asked).toBeGreaterThan(0.2);
    expect(seen.allowed / seen.asked).toBeLessThan(0.8);
  });
});
