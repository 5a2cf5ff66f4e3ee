import { describe, expect, test } from "vitest";
import { type JsonRecord, record, records } from "../../model/json";
import { replicaSet } from "../testing";
import { ownedBy, podOf, rootsOf, TOKEN_MOUNT, TOKEN_VOLUME } from "../testing-roots";

describe("a root that is known by its pods alone", () => {
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname" }] } };
  const pinned = { nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: ["n1"] }] }] };
  const written = {
    priorityClassName: "high",
    topologySpreadConstraints: [{ maxSkew: 1 }],
    imagePullSecrets: [{ name: "pull" }],
    tolerations: [{ key: "node.kubernetes.io/unschedulable", operator: "Exists" }],
  };
  const ofPodAlone = (name: string) => ({
    nodeName: "n1",
    hostname: name,
    volumes: [{ name: "data", persistentVolumeClaim: { claimName: `data-${name}` } }, TOKEN_VOLUME],
    affinity: { ...affinity, nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: pinned } },
    tolerations: [
      ...written.tolerations,
      ...["not-ready", "unreachable"].map((key) => ({
        key: `node.kubernetes.io/${key}`,
        operator: "Exists",
        effect: "NoExecute",
        tolerationSeconds: 300,
      })),
    ],
  });
  const container = { workingDir: "/app", livenessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 5 }, volumeMounts: [TOKEN_MOUNT] };
  const annotations = { "example.com/team": "shop", "k8s.v1.cni.cncf.io/networks": "red", "cni.projectcalico.org/podIP": "10.0.0.7" };
  const podLike = (name: string, createdAt: string, owner: [kind: string, name: string, apiVersion: string]): JsonRecord => {
    const made = podOf(owner[0], owner[1], name, { container, podSpec: { ...written, ...ofPodAlone(name) }, annotations }, owner[2]);
    return { ...made, metadata: { ...record(made.metadata), creationTimestamp: createdAt } };
  };
  const OLD = "2026-11-01T00:00:00Z";
  const YOUNG = "2026-11-02T00:00:00Z";
  const ofSet = (name: string, createdAt: string) => podLike(name, createdAt, ["CloneSet", "app", "apps.kruise.io/v1alpha1"]);
  const rollout = replicaSet({ name: "app-7d9f", metadata: ownedBy("Rollout", "app", "argoproj.io/v1alpha1") });
  const mirror = podLike("etcd-n1", YOUNG, ["Node", "n1", "v1"]);

  test.each<[string, readonly JsonRecord[]]>([
    ["a custom owner", [ofSet("app-b", OLD), ofSet("app-a", YOUNG)]],
    ["a custom owner of a ReplicaSet", [rollout, podLike("app-a", YOUNG, ["ReplicaSet", "app-7d9f", "apps/v1"])]],
    ["the mirrors of a manifest on nodes", [mirror]],
    ["a pod whose owner is gone", [podLike("app-a", YOUNG, ["StatefulSet", "gone", "apps/v1"])]],
  ])("says all that the pod of %s says, but for what is that pod's alone", (_, objects) => {
    for (const order of [objects, objects.toReversed()]) {
      const [root] = rootsOf(order);
      const [view] = root?.views() ?? [];
      const { volumes, containers, ...spec } = record(view?.spec);
      expect(spec).toMatchObject({ ...written, affinity });
      expect([spec.nodeName, spec.hostname, record(spec.affinity).nodeAffinity]).toEqual([undefined, undefined, undefined]);
      expect(volumes).toEqual([expect.objectContaining({ name: "kube-api-access-token" })]);
      expect(records(containers)[0]).toMatchObject({ workingDir: "/app", livenessProbe: { periodSeconds: 5 } });
      expect(view?.annotations).toEqual({ "example.com/team": "shop", "k8s.v1.cni.cncf.io/networks": "red" });
    }
  });

  test("is the same whichever of its pods was read first, and stays so when a list starts again", () => {
    const young = { ...ofSet("app-a", YOUNG), spec: { ...record(ofSet("app-a", YOUNG).spec), priorityClassName: "young" } };
    const all = [ofSet("app-c", OLD), young, ofSet("app-b", OLD)];
    const seen = [all, all.toReversed(), [...all, ...all]].map((objects) => JSON.stringify(rootsOf(objects)[0]?.object()));
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain('"priorityClassName":"young"');
    const ended = { ...young, status: { phase: "Failed" } };
    expect(JSON.stringify(rootsOf([...all, ended, ...all.filter((item) => item !== young)])[0]?.object())).toContain('"priorityClassName":"high"');
  });

  test("keeps the containers that debugged its pod, with how they ended", () => {
    const debugged = ofSet("app-a", YOUNG);
    const [root] = rootsOf([
      {
        ...debugged,
        spec: { ...record(debugged.spec), ephemeralContainers: [{ name: "debug", image: "busybox" }] },
        status: { ephemeralContainerStatuses: [{ name: "debug", state: { terminated: { startedAt: OLD } } }] },
      },
    ]);
    expect(root?.views()[0]?.containers.at(-1)?.spec.endedRun).toEqual({ startedAt: OLD });
  });
});
