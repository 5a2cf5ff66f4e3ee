import { fc } from "../model/testing-properties";
import { describe, expect, test } from "vitest";
import { isRecord, type JsonRecord } from "../model/json";
import { buildInventory, buildInventoryInSteps } from "./build-inventory";
import { createContext } from "./context";
import { createInventoryBuilder } from "./inventory-builder";
import type { SliceName } from "./slices";
import { SLICE_KINDS } from "./slices";
import { WHOLE_CLUSTER } from "./testing-context";
import * as manifests from "./testing";

const BUILDERS = Object.values(manifests);

/** Every place of a manifest, as a list of keys. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => places(item, [...path, index]))];
  return isRecord(value) ? [path, ...Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]))] : [path];
}

function put(target: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(target)) return target.map((item, index) => (index === key ? put(item, rest, value) : item));
  return isRecord(target) ? { ...target, [key]: put(target[key], rest, value) } : target;
}

function readAll(objects: readonly unknown[], isComplete: boolean): number {
  const { workloads } = buildInventory(objects, { ...WHOLE_CLUSTER, isComplete }).slices;
  const items = workloads.state === "read" ? workloads.items : [];
  return items.flatMap((item) => [item.annotations, item.object(), ...item.views().map((view) => view.containers.map((container) => container.at("x")))])
    .length;
}

describe("objects of any shape", () => {
  test("never throw, whatever stands in whatever place", () => {
    const cases = fc.constantFrom(...BUILDERS).chain((build) => {
      const whole = build();
      return fc.tuple(fc.constant(whole), fc.constantFrom(...places(whole)), fc.oneof(fc.jsonValue(), fc.constant(undefined)), fc.boolean());
    });
    fc.assert(
      fc.property(cases, ([whole, path, value, isComplete]) => readAll([put(whole, path, value)], isComplete) >= 0),
      { numRuns: 3000 },
    );
  });

  test("are judged beside each other: a live pod of any shape does not disturb its root", () => {
    const owned = manifests.pod({
      name: "app-x",
      metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "app", controller: true }] },
    });
    const cases = fc.tuple(fc.constantFrom(...places(owned)), fc.jsonValue());
    fc.assert(
      fc.property(cases, ([path, value]) => readAll([manifests.daemonSet(), put(owned, path, value)], true) > 0),
      { numRuns: 1000 },
    );
  });

  test.each<[unknown, string]>([
    [null, "Expected a Kubernetes object, got nothing."],
    ["text", "Expected a Kubernetes object, got a string."],
    [[], "Expected a Kubernetes object, got a list."],
    [{ metadata: {} }, "The object has no kind, so it cannot be judged."],
    [{ kind: 7 }, "The object has no kind, so it cannot be judged."],
  ])("%j is an error, not a crash", (value, message) => {
    expect(createInventoryBuilder(WHOLE_CLUSTER).add(value)).toEqual([{ message }]);
  });

  test("that JSON cannot say are an error that names them", () => {
    const cyclic: Record<string, unknown> = { ...manifests.deployment() };
    cyclic.spec = { template: { spec: cyclic } };
    expect(createInventoryBuilder(WHOLE_CLUSTER).add(cyclic)[0]?.message).toMatch(/^Deployment app cannot be read: /);
  });
});

describe("lists", () => {
  const { kind: _kind, apiVersion: _apiVersion, ...item } = manifests.service();

  test.each<[string, unknown, number]>([
    ["a List", { kind: "List", apiVersion: "v1", items: [manifests.service(), manifests.service({ name: "b" })] }, 2],
    ["a typed list whose items say no kind", { kind: "ServiceList", apiVersion: "v1", items: [item] }, 1],
    ["a list in a list", { kind: "List", items: [{ kind: "ServiceList", apiVersion: "v1", items: [item] }] }, 1],
    ["a list of nothing", { kind: "List", items: null }, 0],
  ])("%s is taken apart", (_, value, count) => {
    const { services } = buildInventory([value], WHOLE_CLUSTER).slices;
    expect(services.state === "read" ? services.items : null).toHaveLength(count);
  });

  test("report the items that are no objects and keep the others", () => {
    const builder = createInventoryBuilder(WHOLE_CLUSTER);
    expect(builder.add({ kind: "List", items: [manifests.service(), 5] })).toHaveLength(1);
  });
});

describe("slices", () => {
  const names = (objects: readonly JsonRecord[], slice: SliceName) => {
    const found = buildInventory(objects, WHOLE_CLUSTER).slices[slice];
    return found.state === "read" ? found.items.map((entry) => entry.ref.name) : found.reason;
  };
  const named = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: apiVersion } });

  test.each<[SliceName, JsonRecord[], string[]]>([
    ["networkPolicies", [named("networking.k8s.io/v1", "NetworkPolicy"), named("projectcalico.org/v3", "NetworkPolicy")], ["networking.k8s.io/v1"]],
    [
      "otherNetworkPolicies",
      [named("crd.projectcalico.org/v1", "NetworkPolicy"), named("projectcalico.org/v3", "GlobalNetworkPolicy")],
      ["projectcalico.org/v3", "crd.projectcalico.org/v1"],
    ],
    ["gateways", [named("gateway.networking.k8s.io/v1", "Gateway"), named("networking.istio.io/v1", "Gateway")], ["gateway.networking.k8s.io/v1"]],
    [
      "policyEngineObjects",
      [named("kyverno.io/v1", "ClusterPolicy"), named("nvidia.com/v1", "ClusterPolicy"), named("constraints.gatekeeper.sh/v1beta1", "K8sRequiredLabels")],
      ["kyverno.io/v1", "constraints.gatekeeper.sh/v1beta1"],
    ],
    ["services", [named("v1", "Service"), named("serving.knative.dev/v1", "Service")], ["v1"]],
    ["ingresses", [named("extensions/v1beta1", "Ingress"), named("config.openshift.io/v1", "Ingress")], ["extensions/v1beta1"]],
    ["podDisruptionBudgets", [named("policy/v1beta1", "PodDisruptionBudget")], ["policy/v1beta1"]],
  ])("%s tells kinds of one name apart by their group", (slice, objects, expected) => {
    expect(names(objects, slice)).toEqual(expected);
  });

  const refsOf = (objects: readonly JsonRecord[], slice: SliceName) => {
    const found = buildInventory(objects, WHOLE_CLUSTER).slices[slice];
    return found.state === "read" ? found.items.map(({ ref: { kind, namespace } }) => `${kind} ${namespace}`) : found.reason;
  };
  const called = (apiVersion: string, kind: string, namespace?: string) => ({ apiVersion, kind, metadata: { name: "one", ...(namespace && { namespace }) } });

  test.each<[string, SliceName, JsonRecord[], string[]]>([
    [
      "two templates",
      "policyEngineObjects",
      ["K8sRequiredLabels", "K8sAllowedRepos"].map((kind) => called("constraints.gatekeeper.sh/v1beta1", kind)),
      ["K8sAllowedRepos null", "K8sRequiredLabels null"],
    ],
    [
      "two groups",
      "gateways",
      [called("gateway.networking.x-k8s.io/v1alpha1", "XListenerSet", "shop"), called("gateway.networking.k8s.io/v1", "ListenerSet", "shop")],
      ["ListenerSet shop", "XListenerSet shop"],
    ],
  ])("objects of %s may have one name, and stand in one order whichever list came first", (_, slice, objects, expected) => {
    expect(refsOf(objects, slice)).toEqual(expected);
    expect(refsOf(objects.toReversed(), slice)).toEqual(expected);
  });

  test.each<[SliceName, JsonRecord, string]>([
    ["policyEngineObjects", called("templates.gatekeeper.sh/v1", "ConstraintTemplate"), "ConstraintTemplate null"],
    ["secretStores", called("external-secrets.io/v1", "ClusterExternalSecret"), "ClusterExternalSecret null"],
  ])("of %s, %j is in no namespace", (slice, object, expected) => {
    expect(refsOf([object], slice)).toEqual([expected]);
  });

  test("Secrets are kept nowhere", () => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { password: "aHVudGVyMg==" } };
    expect(JSON.stringify(buildInventory([secret], WHOLE_CLUSTER))).not.toContain("aHVudGVyMg");
  });

  test("are those of bodies that the store gives back as they are, without looking for credentials in them again", () => {
    const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings", namespace: "shop" }, data: { password: "hunter2hunter2" } };
    const dataOf = (isStored: boolean) => {
      const { configMaps } = buildInventory([body], { ...WHOLE_CLUSTER, isStored }).slices;
      return configMaps.state === "read" ? configMaps.items.map((item) => item.body.data) : null;
    };
    expect(dataOf(false)).not.toEqual([body.data]);
    expect(dataOf(true)).toEqual([body.data]);
  });

  test("are missing when one of their kinds was refused, or was never read", () => {
    const builder = createInventoryBuilder(WHOLE_CLUSTER);
    builder.markRead("Role");
    builder.markMissing("ClusterRole", "ClusterRoles may not be listed.");
    builder.markRead("Service");
    const { roles, services, nodes } = builder.finish().slices;
    expect([roles, services, nodes]).toEqual([
      { state: "missing", reason: "ClusterRoles may not be listed." },
      { state: "read", items: [] },
      { state: "missing", reason: "Node objects were not read." },
    ]);
  });

  test("that stand without some of their kinds hold all others, and nothing of those, whatever came before the list broke off", () => {
    const builder = createInventoryBuilder(WHOLE_CLUSTER);
    const kinds = SLICE_KINDS.otherNetworkPolicies;
    for (const kind of kinds) builder.markRead(kind);
    builder.markMissing("NetworkSet", "NetworkSets may not be listed.");
    const object = (kind: string) => ({ apiVersion: "projectcalico.org/v3", kind, metadata: { name: "a", namespace: "shop" }, spec: {} });
    for (const kind of ["NetworkSet", "NetworkPolicy"]) builder.add(object(kind));
    const inventory = builder.finish();
    expect(inventory.slices.otherNetworkPolicies).toMatchObject({
      state: "read",
      items: [{ ref: { kind: "NetworkPolicy" } }],
      unread: [{ kind: "NetworkSet", reason: "NetworkSets may not be listed." }],
    });
    expect(
      createContext(inventory)
        .listUnread("podNetworks")
        .map(({ kind }) => kind),
    ).toEqual(SLICE_KINDS.podNetworks);
    expect(createContext(inventory).listUnread("roles")).toEqual([]);
  });

  test("hold objects without managers, versions and kubectl's copy", () => {
    const noisy = manifests.service({
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", kept: "yes" },
      metadata: { managedFields: [{}], resourceVersion: "7", uid: "u" },
    });
    const { services } = buildInventory([noisy], WHOLE_CLUSTER).slices;
    const metadata = services.state === "read" ? services.items[0]?.body.metadata : null;
    expect(metadata).toEqual({ name: "app", namespace: "shop", annotations: { kept: "yes" }, uid: "u" });
  });
});

describe("custom kinds that carry a pod template elsewhere", () => {
  const made = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: "app", namespace: "shop" }, spec });
  const spec = (object: JsonRecord) => (isRecord(object.spec) ? object.spec : {});
  const workloadsOf = (object: JsonRecord) => {
    const { workloads } = buildInventory([object], WHOLE_CLUSTER).slices;
    return workloads.state === "read" ? workloads.items : [];
  };

  test.each([
    ["keda.sh/v1alpha1", "ScaledJob", { jobTargetRef: spec(manifests.job()) }, "spec.jobTargetRef.template.spec"],
    [
      "apps.kruise.io/v1alpha1",
      "AdvancedCronJob",
      { template: { jobTemplate: spec(manifests.cronJob()).jobTemplate } },
      "spec.template.jobTemplate.spec.template.spec",
    ],
    ["sinks.knative.dev/v1alpha1", "JobSink", { job: manifests.job() }, "spec.job.spec.template.spec"],
    ["serving.knative.dev/v1", "Service", spec(manifests.deployment()), "spec.template.spec"],
    ["apps.kruise.io/v1beta1", "StatefulSet", spec(manifests.statefulSet()), "spec.template.spec"],
    ["argoproj.io/v1alpha1", "Rollout", { template: { spec: { hostNetwork: true } } }, "spec.template.spec"],
  ])("%s %s", (apiVersion, kind, given, path) => {
    const [workload, ...others] = workloadsOf(made(apiVersion, kind, given));
    expect(others).toEqual([]);
    expect(workload?.ref.kind).toBe(kind);
    expect(workload?.views().map((view) => view.path)).toEqual([path]);
    if (kind !== "Rollout") expect([workload?.serviceAccountNames, workload?.podLabelSets]).toEqual([["app"], [{ app: "app" }]]);
  });

  const template = { template: spec(manifests.deployment()).template };
  test.each([
    [
      "jobset.x-k8s.io/v1alpha2",
      "JobSet",
      { replicatedJobs: [{ template: manifests.job() }, { template: manifests.job() }] },
      ["spec.replicatedJobs[0].template.spec.template.spec", "spec.replicatedJobs[1].template.spec.template.spec"],
    ],
    [
      "leaderworkerset.x-k8s.io/v1",
      "LeaderWorkerSet",
      { leaderWorkerTemplate: { workerTemplate: template.template } },
      ["spec.leaderWorkerTemplate.workerTemplate.spec"],
    ],
    ["batch.volcano.sh/v1alpha1", "Job", { tasks: [template] }, ["spec.tasks[0].template.spec"]],
    ["agones.dev/v1", "Fleet", { template: { spec: template } }, ["spec.template.spec.template.spec"]],
    [
      "apps.kruise.io/v1alpha1",
      "UnitedDeployment",
      { template: { cloneSetTemplate: { spec: template } } },
      ["spec.template.cloneSetTemplate.spec.template.spec"],
    ],
    [
      "ray.io/v1",
      "RayCluster",
      { headGroupSpec: template, workerGroupSpecs: [template] },
      ["spec.headGroupSpec.template.spec", "spec.workerGroupSpecs[0].template.spec"],
    ],
    [
      "ray.io/v1",
      "RayJob",
      { rayClusterSpec: { headGroupSpec: template }, submitterPodTemplate: template.template },
      ["spec.rayClusterSpec.headGroupSpec.template.spec", "spec.submitterPodTemplate.spec"],
    ],
    ["ray.io/v1", "RayService", { rayClusterConfig: { workerGroupSpecs: [template] } }, ["spec.rayClusterConfig.workerGroupSpecs[0].template.spec"]],
    [
      "kubeflow.org/v1",
      "PyTorchJob",
      { pytorchReplicaSpecs: { Master: template, Worker: template } },
      ["spec.pytorchReplicaSpecs.Master.template.spec", "spec.pytorchReplicaSpecs.Worker.template.spec"],
    ],
  ])("%s %s with each of its templates", (apiVersion, kind, given, paths) => {
    const [workload, ...others] = workloadsOf(made(apiVersion, kind, given));
    expect(others).toEqual([]);
    expect(workload?.views().map((view) => [view.source, view.path, view.labels.app])).toEqual(paths.map((path) => ["template", path, "app"]));
  });

  test("lose the credentials in each of their templates", () => {
    const env = (value: string) => ({ container: { env: [{ name: "DB_PASSWORD", value }] } });
    const replicatedJobs = [{ template: manifests.job(env("S3cr3t-Tr0ub4dor-9x")) }, { template: manifests.job(env("An0ther-Tr0ub4dor-7y")) }];
    const [workload] = workloadsOf(made("jobset.x-k8s.io/v1alpha2", "JobSet", { replicatedJobs }));
    const text = JSON.stringify(workload?.object());
    expect(text).toContain("DB_PASSWORD");
    expect(text).not.toContain("Tr0ub4dor");
  });

  test("lose the credentials in it, as built-in kinds do", () => {
    const env = [{ name: "DB_PASSWORD", value: "S3cr3t-Tr0ub4dor-9x" }];
    const [workload] = workloadsOf(made("keda.sh/v1alpha1", "ScaledJob", { jobTargetRef: spec(manifests.job({ container: { env } })) }));
    const text = JSON.stringify(workload?.object());
    expect(text).toContain("DB_PASSWORD");
    expect(text).not.toContain("Tr0ub4dor");
  });

  test.each([
    ["another group's", made("example.com/v1", "ScaledJob", { jobTargetRef: spec(manifests.job()) })],
    ["one whose operator lays it over its own", made("kibana.k8s.elastic.co/v1", "Kibana", { podTemplate: { spec: { containers: [{ name: "kibana" }] } } })],
    ["a Rollout that points to a Deployment", made("argoproj.io/v1alpha1", "Rollout", { workloadRef: { kind: "Deployment", name: "app" } })],
  ])("not %s", (_, object) => {
    expect(workloadsOf(object)).toEqual([]);
  });
});

test("a custom kind that carries a pod template is a root of its own, beside a Deployment of the same name", () => {
  const body = (apiVersion: string, kind: string) => ({ ...manifests.deployment({ name: "app" }), apiVersion, kind });
  const inventory = buildInventory(
    [body("apps/v1", "Deployment"), body("apps.openshift.io/v1", "DeploymentConfig"), body("argoproj.io/v1alpha1", "Rollout")],
    WHOLE_CLUSTER,
  );
  const workloads = inventory.slices.workloads.state === "read" ? inventory.slices.workloads.items : [];
  expect(workloads.map(({ ref }) => ref.kind).sort()).toEqual(["Deployment", "DeploymentConfig", "Rollout"]);
  expect(workloads.every((workload) => workload.views()[0]?.path === "spec.template.spec")).toBe(true);
});

test("thousands of objects are taken in step by step, with the same outcome", async () => {
  const objects = Array.from({ length: 1_100 }, (_, i) => [manifests.deployment({ name: `app-${i}` }), manifests.service({ name: `app-${i}` })]).flat();
  const unread = [{ kind: "Ingress", reason: "It was refused." }];
  let pauses = 0;
  const made = await buildInventoryInSteps(objects, WHOLE_CLUSTER, unread, async () => (pauses += 1));
  expect(JSON.stringify(made)).toBe(JSON.stringify(buildInventory(objects, WHOLE_CLUSTER, unread)));
  expect(pauses).toBeGreaterThan(4);
});
