import { describe, expect, test } from "vitest";
import { type JsonRecord, record } from "../../model/json";
import { cronJob, daemonSet, deployment, job, node, pod, replicaSet, replicationController, serviceAccount, statefulSet } from "../testing";
import { buildFrom, ownedBy, podOf, rootsOf as roots, TOKEN_MOUNT, TOKEN_VOLUME } from "../testing-roots";
import type { Workload } from "./workload";

const names = (workloads: readonly Workload[]) =>
  workloads.map(({ ref, livePods }) => `${ref.apiVersion} ${ref.kind} ${ref.namespace}/${ref.name} ${livePods}`);

const currentSet = replicaSet({
  name: "app-7d9f",
  labels: { "pod-template-hash": "7d9f" },
  annotations: { "deployment.kubernetes.io/revision": "2" },
  metadata: ownedBy("Deployment", "app"),
});
const oldSet = replicaSet({
  name: "app-5c4b",
  labels: { "pod-template-hash": "5c4b" },
  annotations: { "deployment.kubernetes.io/revision": "1" },
  metadata: ownedBy("Deployment", "app"),
});
const emptySet = replicaSet({ name: "app-1111", metadata: ownedBy("Deployment", "app"), spec: { replicas: 0 }, status: { replicas: 0 } });
const finished = { status: { conditions: [{ type: "Complete", status: "True" }], succeeded: 1 } };

describe("owners roll up to one root", () => {
  test.each<[string, readonly JsonRecord[], readonly string[]]>([
    ["a pod of a ReplicaSet of a Deployment", [podOf("ReplicaSet", "app-7d9f", "app-7d9f-x"), currentSet, deployment()], ["apps/v1 Deployment shop/app 1"]],
    ["old ReplicaSets of a Deployment", [deployment(), emptySet], ["apps/v1 Deployment shop/app 0"]],
    ["an old ReplicaSet whose Deployment is gone", [emptySet], []],
    [
      "a pod of a Job of a CronJob",
      [
        cronJob(),
        job({ name: "app-29400000", metadata: ownedBy("CronJob", "app", "batch/v1") }),
        podOf("Job", "app-29400000", "app-29400000-x", {}, "batch/v1"),
      ],
      ["batch/v1 CronJob shop/app 1"],
    ],
    ["a pod of a StatefulSet", [statefulSet(), podOf("StatefulSet", "app", "app-0")], ["apps/v1 StatefulSet shop/app 1"]],
    ["a pod of a DaemonSet", [daemonSet(), podOf("DaemonSet", "app", "app-x")], ["apps/v1 DaemonSet shop/app 1"]],
    [
      "a pod of a ReplicationController",
      [replicationController(), podOf("ReplicationController", "app", "app-x", {}, "v1")],
      ["v1 ReplicationController shop/app 1"],
    ],
    ["a pod of a bare ReplicaSet", [replicaSet(), podOf("ReplicaSet", "app", "app-x")], ["apps/v1 ReplicaSet shop/app 1"]],
    ["a pod of a bare Job", [job(), podOf("Job", "app", "app-x", {}, "batch/v1")], ["batch/v1 Job shop/app 1"]],
    ["a pod without an owner", [pod()], ["v1 Pod shop/app 1"]],
    ["a pod of a custom owner", [podOf("CloneSet", "app", "app-x", {}, "apps.kruise.io/v1alpha1")], ["apps.kruise.io/v1alpha1 CloneSet shop/app 1"]],
    ["a pod of what an operator calls a Node", [podOf("Node", "app", "app-x", {}, "edge.example.com/v1")], ["edge.example.com/v1 Node shop/app 1"]],
    [
      "a pod of a ReplicaSet of a custom owner",
      [replicaSet({ name: "app-7d9f", metadata: ownedBy("Rollout", "app", "argoproj.io/v1alpha1") }), podOf("ReplicaSet", "app-7d9f", "app-x")],
      ["argoproj.io/v1alpha1 Rollout shop/app 1"],
    ],
    [
      "a pod of a Job of a custom owner that is read itself",
      [
        job({ name: "realm", metadata: ownedBy("KeycloakRealmImport", "realm", "k8s.keycloak.org/v2alpha1") }),
        podOf("Job", "realm", "realm-x", {}, "batch/v1"),
      ],
      ["batch/v1 Job shop/realm 1"],
    ],
    [
      "a ReplicaSet of a custom owner without pods",
      [replicaSet({ name: "app-7d9f", spec: { replicas: 0 }, metadata: ownedBy("Rollout", "app", "argoproj.io/v1alpha1") })],
      ["argoproj.io/v1alpha1 Rollout shop/app 0"],
    ],
    [
      "a ReplicaSet and a pod of a custom owner that is there itself",
      [
        { ...deployment({ name: "app" }), apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" },
        replicaSet({ name: "app-7d9f", metadata: ownedBy("Rollout", "app", "argoproj.io/v1alpha1") }),
        podOf("ReplicaSet", "app-7d9f", "app-x"),
      ],
      ["argoproj.io/v1alpha1 Rollout shop/app 1"],
    ],
    [
      "the Jobs of a custom owner that is there itself, in another version",
      [
        { apiVersion: "keda.sh/v1alpha1", kind: "ScaledJob", metadata: { name: "app", namespace: "shop" }, spec: { jobTargetRef: job().spec } },
        job({ name: "app-x7", metadata: ownedBy("ScaledJob", "app", "keda.sh/v1") }),
        podOf("Job", "app-x7", "app-x7-1", {}, "batch/v1"),
      ],
      ["keda.sh/v1alpha1 ScaledJob shop/app 1"],
    ],
    [
      "pods of a custom object that another one makes, both of them there",
      [
        {
          apiVersion: "ray.io/v1",
          kind: "RayJob",
          metadata: { name: "train", namespace: "shop" },
          spec: { rayClusterSpec: { headGroupSpec: deployment().spec } },
        },
        {
          apiVersion: "ray.io/v1",
          kind: "RayCluster",
          metadata: { name: "train-x7", namespace: "shop", ...ownedBy("RayJob", "train", "ray.io/v1") },
          spec: { headGroupSpec: deployment().spec },
        },
        podOf("RayCluster", "train-x7", "train-x7-head", {}, "ray.io/v1"),
      ],
      ["ray.io/v1 RayJob shop/train 1"],
    ],
    [
      "the StatefulSet of a custom object that is there itself, and its pod",
      [
        {
          apiVersion: "leaderworkerset.x-k8s.io/v1",
          kind: "LeaderWorkerSet",
          metadata: { name: "llm", namespace: "shop" },
          spec: { leaderWorkerTemplate: { workerTemplate: record(deployment().spec).template } },
        },
        statefulSet({ name: "llm", metadata: ownedBy("LeaderWorkerSet", "llm", "leaderworkerset.x-k8s.io/v1") }),
        podOf("StatefulSet", "llm", "llm-0"),
      ],
      ["leaderworkerset.x-k8s.io/v1 LeaderWorkerSet shop/llm 1"],
    ],
    ["a Deployment of an operator", [deployment({ metadata: ownedBy("Grafana", "app", "example.com/v1") })], ["apps/v1 Deployment shop/app 0"]],
    ["a pod whose owner is gone", [podOf("StatefulSet", "gone", "gone-0")], ["v1 Pod shop/gone-0 1"]],
    [
      "pods that are over or being deleted",
      [
        deployment(),
        currentSet,
        podOf("ReplicaSet", "app-7d9f", "a", { status: { phase: "Failed" } }),
        podOf("ReplicaSet", "app-7d9f", "b", { metadata: { ...ownedBy("ReplicaSet", "app-7d9f"), deletionTimestamp: "2026-11-25T00:00:00Z" } }),
      ],
      ["apps/v1 Deployment shop/app 0"],
    ],
    [
      "older API groups",
      [deployment({ apiVersion: "extensions/v1beta1" }), cronJob({ name: "night", apiVersion: "batch/v1beta1" })],
      ["extensions/v1beta1 Deployment shop/app 0", "batch/v1beta1 CronJob shop/night 0"],
    ],
    ["a foreign kind of a familiar name", [job({ apiVersion: "batch.volcano.sh/v1alpha1" })], ["batch.volcano.sh/v1alpha1 Job shop/app 0"]],
    ["a pod of one name read twice", [pod(), pod()], ["v1 Pod shop/app 1"]],
  ])("%s", (_, objects, expected) => {
    expect(names(roots(objects))).toEqual(expected);
    expect(names(roots([...objects].reverse())).sort()).toEqual([...expected].sort());
  });

  test.each([
    ["itself", ["app"]],
    ["another, which it owns", ["app", "web"]],
    ["one of 1,000, of which each owns the next", Array.from({ length: 1_000 }, (_, at) => `set-${at}`)],
  ])("a ReplicaSet that is owned by %s does not hide its pods", (_, ring) => {
    const sets = ring.map((name, at) => replicaSet({ name, metadata: ownedBy("ReplicaSet", ring[(at + 1) % ring.length] ?? name) }));
    const pods = ring.map((name) => podOf("ReplicaSet", name, `${name}-x`));
    const places = (isComplete: boolean) => roots([...sets, ...pods], { isComplete }).map(({ ref, livePods }) => [ref.kind, livePods]);
    expect(places(true)).toEqual(ring.map(() => ["Pod", 1]));
    const held = places(false);
    expect(held[0]?.[0]).toBe("ReplicaSet");
    expect(held.reduce((sum, [, pods]) => sum + Number(pods), 0)).toBe(ring.length);
  });

  test("static pods are one root per component, without the node's name", () => {
    const mirror = (host: string) =>
      podOf("Node", host, `etcd-${host}`, { namespace: "kube-system", podSpec: { nodeName: host }, annotations: { "kubernetes.io/config.mirror": "h" } }, "v1");
    const found = roots([mirror("cp-0"), mirror("cp-1")]);
    expect(names(found)).toEqual(["v1 StaticPod kube-system/etcd 2"]);
    expect(found[0]?.nodeNames).toEqual(["cp-0", "cp-1"]);
    expect(found[0]?.scope).toBe("platform");
  });

  test("a finished Job counts as finished, one with an active pod does not", () => {
    const active = { status: { conditions: [{ type: "Complete", status: "True" }], active: 1 } };
    expect(roots([job(finished)]).map((root) => root.isFinished)).toEqual([true]);
    expect(roots([job(active)]).map((root) => root.isFinished)).toEqual([false]);
    expect(roots([job()]).map((root) => root.isFinished)).toEqual([false]);
  });

  test("scaled to zero or suspended is dormant", () => {
    const found = roots([deployment({ spec: { replicas: 0 } }), cronJob({ spec: { suspend: true } }), statefulSet()]);
    expect(found.map((root) => [root.ref.kind, root.isDormant])).toEqual([
      ["Deployment", true],
      ["CronJob", true],
      ["StatefulSet", false],
    ]);
  });

  test("a pod whose owner is gone says so, in a whole cluster only", () => {
    const orphan = podOf("StatefulSet", "gone", "gone-0");
    expect(roots([orphan])[0]?.annotations).toMatchObject({ "concentric.dev/orphaned-owner": "StatefulSet/gone" });
    expect(roots([orphan], { isComplete: false })[0]?.annotations).toEqual({});
  });

  test("a synthetic root has the spec of its newest pod", () => {
    const old = podOf("CloneSet", "app", "app-a", { container: { image: "old" } }, "apps.kruise.io/v1alpha1");
    const young = podOf("CloneSet", "app", "app-b", { container: { image: "young" } }, "apps.kruise.io/v1alpha1");
    const [root] = roots([old, { ...young, metadata: { ...(young.metadata as JsonRecord), creationTimestamp: "2026-11-21T00:00:00Z" } }]);
    expect(root?.isSynthetic).toBe(true);
    expect(root?.views().map((view) => [view.source, view.containers[0]?.spec.image])).toEqual([
      ["template", "young"],
      ["runtime", "old"],
    ]);
    expect(root?.object()).toMatchObject({ apiVersion: "apps.kruise.io/v1alpha1", kind: "CloneSet", metadata: { name: "app" } });
  });

  test("a custom owner without pods has the spec of its newest ReplicaSet", () => {
    const set = (name: string, creationTimestamp: string, image: string) =>
      replicaSet({ name, metadata: { creationTimestamp, ...ownedBy("Rollout", "app", "argoproj.io/v1alpha1") }, container: { image } });
    const sets = [set("app-1", "2026-01-01T00:00:00Z", "a:1"), set("app-3", "2026-03-01T00:00:00Z", "a:3"), set("app-2", "2026-02-01T00:00:00Z", "a:2")];
    for (const order of [sets, sets.toReversed()]) expect(roots(order)[0]?.views()[0]?.containers[0]?.spec.image).toBe("a:3");
  });

  test("a ReplicaSet that came between two pages is told by its name", () => {
    const early = podOf("ReplicaSet", "app-9999", "app-9999-x", { labels: { "pod-template-hash": "9999" } });
    expect(names(roots([early, deployment()]))).toEqual(["apps/v1 Deployment shop/app 1"]);
  });

  test("a kind that may not be listed makes all workloads missing, with the reason", () => {
    expect(buildFrom([deployment()], { missing: ["ReplicaSet"] }).slices.workloads).toEqual({
      state: "missing",
      reason: "ReplicaSet objects may not be listed.",
    });
  });

  test("in manifests, too, a ReplicaSet or Job of another object is no root of its own", () => {
    const scheduled = job({ name: "night-29400000", metadata: ownedBy("CronJob", "night", "batch/v1") });
    const found = roots([deployment(), currentSet, emptySet, cronJob({ name: "night" }), scheduled], { isComplete: false });
    expect(names(found)).toEqual(["apps/v1 Deployment shop/app 0", "batch/v1 CronJob shop/night 0"]);
  });

  test.each([false, true])(
    "in manifests what another object made counts by itself when that is not among them, an old one never (complete: %s)",
    (isComplete) => {
      const scheduled = job({ name: "night-29400000", metadata: ownedBy("CronJob", "night", "batch/v1") });
      const controller = replicationController({ name: "app-3", metadata: ownedBy("Deployment", "app") });
      expect(names(roots([currentSet, emptySet, scheduled, controller], { isComplete, codec: "as-it-is" }))).toEqual([
        "apps/v1 ReplicaSet shop/app-7d9f 0",
        "batch/v1 Job shop/night-29400000 0",
        "v1 ReplicationController shop/app-3 0",
      ]);
      const running = podOf("ReplicaSet", "app-7d9f", "app-7d9f-x");
      expect(names(roots([running, currentSet], { isComplete, codec: "as-it-is" }))).toEqual(["apps/v1 ReplicaSet shop/app-7d9f 1"]);
    },
  );

  test("in a cluster what lost its owner is about to be collected, and no root", () => {
    expect(names(roots([currentSet]))).toEqual([]);
  });

  test("in manifests a pod whose owner is not among them is judged whole", () => {
    const found = roots([podOf("StatefulSet", "gone", "gone-0", { annotations: { team: "shop" } })], { isComplete: false });
    expect(found[0]?.object()).toMatchObject({ kind: "Pod", metadata: { name: "gone-0", annotations: { team: "shop" } } });
  });

  test("credentials do not get past the builder, not even from live pods", () => {
    const container = { env: [{ name: "DB_PASSWORD", value: "tr0ub4dor&3x-pump" }] };
    const found = roots([
      deployment({ container }),
      currentSet,
      podOf("ReplicaSet", "app-7d9f", "a", {
        container: { ...container, image: "other" },
        annotations: { "concentric.dev/note": "postgres://cart:tr0ub4dor@db:5432/cart" },
      }),
      podOf("CloneSet", "b", "b-0", { container }, "apps.kruise.io/v1alpha1"),
    ]);
    const seen = JSON.stringify(found.map((root) => [root.object(), root.views()]));
    expect(seen.match(/«redacted: named-literal, 17 characters»/g)?.length).toBeGreaterThan(4);
    expect(seen).toContain("«redacted: url-credentials, 9 characters»");
    expect(seen).not.toContain("tr0ub4dor");
  });

  test("in manifests, two objects of one name both count", () => {
    expect(names(roots([deployment(), deployment()], { isComplete: false }))).toEqual(["apps/v1 Deployment shop/app 0", "apps/v1 Deployment shop/app 0"]);
    expect(names(roots([deployment(), deployment()]))).toEqual(["apps/v1 Deployment shop/app 0"]);
  });
});

describe("live pods", () => {
  const defaulted = {
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
  };
  const tolerations = [{ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }];
  const injected = {
    container: { ...defaulted, volumeMounts: [TOKEN_MOUNT] },
    podSpec: { volumes: [TOKEN_VOLUME], tolerations, nodeName: "n1", dnsPolicy: "ClusterFirst", automountServiceAccountToken: undefined },
  };
  const template = deployment({ podSpec: { automountServiceAccountToken: undefined } });
  const live = (name: string, more: JsonRecord = {}) => podOf("ReplicaSet", "app-7d9f", name, { ...injected, ...more });
  const viewsOf = (objects: readonly JsonRecord[]) => roots(objects)[0]?.views() ?? [];

  test("add no view when they are what the template says", () => {
    const root = roots([template, currentSet, live("a"), live("b")])[0];
    expect(root?.views().map((view) => view.source)).toEqual(["template"]);
    expect([root?.livePods, root?.nodeNames]).toEqual([2, ["n1"]]);
  });

  test("show the token that the template and the account do not ask for", () => {
    const views = viewsOf([deployment(), currentSet, live("a")]);
    expect(views.map((view) => view.source)).toEqual(["template", "runtime"]);
    expect(JSON.stringify(views[1]?.spec)).toContain('"serviceAccountToken"');
    expect(views[1]?.containers[0]?.spec.volumeMounts).toMatchObject([{ mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }]);
    expect(viewsOf([template, serviceAccount({ automountServiceAccountToken: false }), currentSet, live("a")])).toHaveLength(2);
    expect(viewsOf([template, serviceAccount({ automountServiceAccountToken: true }), currentSet, live("a")])).toHaveLength(1);
  });

  test("show an injected sidecar once, whatever the number of pods", () => {
    const app = (deployment().spec as { template: { spec: { containers: JsonRecord[] } } }).template.spec.containers[0] ?? {};
    const sidecar = {
      ...injected.podSpec,
      volumes: [],
      containers: [app, { name: "proxy", image: "mesh", securityContext: { capabilities: { add: ["NET_ADMIN"] } } }],
      automountServiceAccountToken: false,
    };
    const views = viewsOf([
      deployment(),
      currentSet,
      live("a", { container: undefined, podSpec: sidecar }),
      live("b", { container: undefined, podSpec: sidecar }),
    ]);
    expect(views.map((view) => [view.source, view.podName, view.path, view.containers.map((container) => container.name)])).toEqual([
      ["template", undefined, "spec.template.spec", ["app"]],
      ["runtime", "a", "spec", ["app", "proxy"]],
    ]);
  });

  test("of an older revision are marked as rolling", () => {
    const older = podOf("ReplicaSet", "app-5c4b", "app-5c4b-x", { labels: { "pod-template-hash": "5c4b" }, container: { image: "old" } });
    const newer = podOf("ReplicaSet", "app-7d9f", "app-7d9f-x", { labels: { "pod-template-hash": "7d9f" }, container: { image: "patched" } });
    const views = viewsOf([deployment(), currentSet, oldSet, older, newer]);
    expect(views.map((view) => [view.containers[0]?.spec.image, view.isRolling]).slice(1)).toEqual([
      ["old", true],
      ["patched", undefined],
    ]);
  });

  test("that a RuntimeClass sends to Windows nodes make their root a Windows one before any runs", () => {
    const sent = (os: string) => ({
      apiVersion: "node.k8s.io/v1",
      kind: "RuntimeClass",
      metadata: { name: "app" },
      scheduling: { nodeSelector: { "kubernetes.io/os": os } },
    });
    const osOf = (os: string, runtimeClassName: string) => viewsOf([deployment({ podSpec: { runtimeClassName } }), sent(os)]).map((view) => view.os);
    expect([osOf("windows", "app"), osOf("windows", "other"), osOf("linux", "app")]).toEqual([["windows"], ["linux"], ["linux"]]);
  });

  test("on Windows nodes make their root a Windows one", () => {
    const windows = node({ name: "n1", labels: { "kubernetes.io/os": "windows" } });
    expect(viewsOf([template, currentSet, live("a"), windows]).map((view) => [view.os, view.isWindowsForAdmission])).toEqual([["windows", false]]);
    expect(viewsOf([template, currentSet, live("a")]).map((view) => view.os)).toEqual(["linux"]);
  });

  test("of a StatefulSet may each have their own claim", () => {
    const claim = (name: string) =>
      podOf("StatefulSet", "app", name, { podSpec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: `data-${name}` } }] } });
    expect(viewsOf([statefulSet(), claim("app-0"), claim("app-1")])).toHaveLength(1);
  });

  test("of a DaemonSet are pinned to their node without being anything else than their template", () => {
    const term = (name: string) => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [name] }] }] },
        },
      },
    });
    expect(
      viewsOf([daemonSet(), podOf("DaemonSet", "app", "a", { podSpec: term("n1") }), podOf("DaemonSet", "app", "b", { podSpec: term("n2") })]),
    ).toHaveLength(1);
    const pinned = {
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: "disk", operator: "Exists" }] }] } },
      },
    };
    const views = viewsOf([daemonSet({ podSpec: pinned }), podOf("DaemonSet", "app", "a", { podSpec: term("n1"), container: { image: "other" } })]);
    expect(views.map((view) => view.spec.affinity)).toEqual([pinned.affinity, pinned.affinity]);
  });
});
