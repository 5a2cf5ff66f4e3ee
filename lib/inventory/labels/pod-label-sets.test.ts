import { describe, expect, test } from "vitest";
import { listControls } from "../../controls/registry";
import { judge } from "../../engine/judge";
import type { JsonRecord } from "../../model/json";
import { buildInventory } from "../build-inventory";
import { createContext } from "../context";
import { serviceTargetsView } from "../routes/service-targets";
import { WHOLE_CLUSTER } from "../testing-context";
import { rootsOf } from "../testing-roots";
import { deployment, networkPolicy, pod, service, serviceAccount } from "../testing";
import { maySelect } from "./added-labels";

type Labels = Readonly<Record<string, string>>;

const template = (labels: Labels, podSpec: JsonRecord = {}) => (deployment({ podLabels: { app: undefined, ...labels }, podSpec }).spec as JsonRecord).template;
const ray = (head: unknown, worker: unknown): JsonRecord => ({
  apiVersion: "ray.io/v1",
  kind: "RayCluster",
  metadata: { name: "ray", namespace: "shop" },
  spec: { headGroupSpec: { template: head }, workerGroupSpecs: [{ template: worker }] },
});
const owner = [{ apiVersion: "ray.io/v1", kind: "RayCluster", name: "ray", controller: true, uid: "u" }];
const live = (name: string, labels: Labels, podSpec: JsonRecord = {}, created = "2026-11-20T00:00:00Z") =>
  pod({
    name,
    podLabels: { app: undefined, ...labels },
    podSpec,
    metadata: { ownerReferences: owner, creationTimestamp: created },
    status: { phase: "Running" },
  });
const selecting = (name: string, labels: Labels) => service({ name, spec: { selector: { app: undefined, ...labels } } });
const closing = (labels: Labels) => networkPolicy({ spec: { podSelector: { matchLabels: labels } } });

const HEAD = { role: "head" };
const WORKER = { role: "worker" };

function inventoryOf(objects: readonly JsonRecord[]) {
  return buildInventory(objects, WHOLE_CLUSTER);
}

function stateOf(id: string, objects: readonly JsonRecord[], name: string): string | undefined {
  const controls = listControls().filter((control) => control.id === id);
  return [...judge(inventoryOf(objects), controls)].find(({ resource }) => resource.name === name)?.state;
}

describe.each([
  ["in a manifest with several templates", [ray(template(HEAD), template(WORKER))]],
  ["of a custom owner that is known by its pods", [live("ray-head", HEAD), live("ray-worker", WORKER, {}, "2026-11-21T00:00:00Z")]],
])("pods %s are selected by their own labels", (_where, objects) => {
  test("by Services", () => {
    const context = createContext(inventoryOf([...objects, selecting("head", HEAD), selecting("worker", WORKER), selecting("none", { role: "other" })]));
    const { workloadsOf, podsOf } = context.view(serviceTargetsView);
    const found = context.slices.services.map((item) => [item.ref.name, podsOf(item).map(({ labels }) => labels)]);
    expect(found).toEqual([
      ["head", [HEAD]],
      ["worker", [WORKER]],
      ["none", []],
    ]);
    expect(workloadsOf.size).toBe(2);
  });

  test("by network policies", () => {
    const closed = (labels: Labels) => stateOf("netpol-ingress-open", [...objects, closing(labels)], "ray");
    expect([closed(HEAD), closed(WORKER)]).toEqual(["fail", "fail"]);
    expect(stateOf("netpol-ingress-open", [...objects, networkPolicy()], "ray")).toBe("pass");
    expect([HEAD, WORKER].map((labels) => stateOf("netpol-dangling", [...objects, closing(labels)], "default-deny"))).toEqual(["pass", "pass"]);
  });
});

test("a service account that only the second template names is in use", () => {
  const objects = [ray(template(HEAD), template(WORKER, { serviceAccountName: "worker" })), serviceAccount({ name: "worker" })];
  const { slices } = inventoryOf(objects);
  expect(slices.workloads.state === "read" && slices.workloads.items[0]?.serviceAccountNames).toEqual(["app", "worker"]);
});

test("live pods are compared with each template of their owner", () => {
  const objects = [
    ray(template(HEAD), template(WORKER, { hostNetwork: true })),
    live("ray-head", HEAD),
    live("ray-worker", { ...WORKER, x: "1" }, { hostNetwork: true }),
  ];
  const { slices } = inventoryOf(objects);
  const [workload] = slices.workloads.state === "read" ? slices.workloads.items : [];
  expect([workload?.livePods, workload?.views().map(({ source }) => source)]).toEqual([2, ["template", "template"]]);
});

test("live pods of a custom owner that only a hash tells apart are one", () => {
  const objects = [live("ray-a", { ...HEAD, "pod-template-hash": "a" }), live("ray-b", { ...HEAD, "pod-template-hash": "b" })];
  const { slices } = inventoryOf(objects);
  expect(slices.workloads.state === "read" && slices.workloads.items[0]?.views()).toHaveLength(1);
});

test("lets a selector find what is remembered of one pod by any value of the labels that others have another one of", () => {
  const metadata = { name: "pg", namespace: "shop", annotations: { "concentric.dev/unshared-labels": "leader,role" } };
  const template = { metadata: { labels: { app: "pg", role: "replica" } }, spec: { containers: [{ name: "pg", image: "pg:17" }] } };
  const [workload] = rootsOf([{ apiVersion: "example.com/v1", kind: "Database", metadata, spec: { template } }]);
  const finds = (key: string, operator: string, values?: readonly string[]) =>
    workload && maySelect({ matchExpressions: [{ key, operator, values }] }, workload);
  for (const key of ["leader", "role"])
    expect([key, finds(key, "In", ["x"]), finds(key, "NotIn", ["replica"]), finds(key, "Exists"), finds(key, "DoesNotExist")]).toEqual([
      key,
      true,
      true,
      true,
      true,
    ]);
  expect([finds("app", "In", ["x"]), finds("app", "DoesNotExist"), finds("app", "Exists")]).toEqual([false, false, true]);
});
