import { afterAll, beforeAll, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { GET as getNetworkPolicy } from "@/app/api/v1/clusters/[cluster]/network/policy/route";
import { matchesSelector } from "@/lib/inventory/labels/label-selector";
import { daemonSet, deployment, job, namespace, pod, replicationController, service, statefulSet } from "@/lib/inventory/testing";
import { type JsonRecord, record, records, textMap } from "@/lib/model/json";
import { type ScannedCluster, startScanned } from "./testing-scanned";

type Owner = readonly [apiVersion: string, kind: string, name: string];

interface Case {
  readonly name: string;
  readonly objects: readonly JsonRecord[];
  /** What each pod of the namespace is labelled with, and another one that its owner makes in its place. */
  readonly pods: readonly JsonRecord[];
}

const CNPG: Owner = ["postgresql.cnpg.io/v1", "Cluster", "pg"];
const KAFKA: Owner = ["core.strimzi.io/v1beta2", "StrimziPodSet", "kafka"];
const MACHINE: Owner = ["kubevirt.io/v1", "VirtualMachineInstance", "vm"];
const ROLLOUT: Owner = ["argoproj.io/v1alpha1", "Rollout", "web"];

/** A running pod of an owner; of the controllers that are read, its labels hold what they add. */
function owned(space: string, [apiVersion, kind, owner]: Owner, name: string, labels: JsonRecord, container: JsonRecord = {}): JsonRecord {
  const ownerReferences = [{ apiVersion, kind, name: owner, controller: true, uid: `${space}-${owner}` }];
  const metadata = { uid: `${space}-${name}`, creationTimestamp: "2026-11-20T00:00:00Z", ownerReferences };
  return pod({ name, namespace: space, podLabels: { app: undefined, ...labels }, container, metadata, status: { phase: "Running" } });
}

const database = (space: string, i: number, role: string): JsonRecord =>
  owned(space, CNPG, `pg-${i}`, { "cnpg.io/cluster": "pg", "cnpg.io/instanceName": `pg-${i}`, "cnpg.io/instanceRole": role });
const broker = (space: string, i: number): JsonRecord =>
  owned(space, KAFKA, `kafka-${i}`, { "strimzi.io/cluster": "kafka", "strimzi.io/pod-name": `kafka-${i}`, "statefulset.kubernetes.io/pod-name": `kafka-${i}` });
const machine = (space: string, uid: string): JsonRecord =>
  owned(space, MACHINE, "virt-launcher-vm-x", { "kubevirt.io/created-by": uid, "vm.kubevirt.io/name": "vm" });
const rolled = (space: string, hash: string): JsonRecord => owned(space, ROLLOUT, `web-${hash}`, { app: "web", "rollouts-pod-template-hash": hash });
const member = (space: string, i: number): JsonRecord =>
  owned(space, ["apps/v1", "StatefulSet", "db"], `db-${i}`, { app: "db", "statefulset.kubernetes.io/pod-name": `db-${i}`, "controller-revision-hash": "a" });

const at = (host: string): JsonRecord => ({ env: [{ name: "PEER_URL", value: `http://${host}:80/x` }] });
const caller = (space: string, host: string): JsonRecord => deployment({ name: "caller", namespace: space, container: at(host) });
const front = (space: string, labels: JsonRecord): JsonRecord => service({ name: "peer", namespace: space, spec: { selector: { app: undefined, ...labels } } });
const labelled = (labels: JsonRecord): JsonRecord => ({ metadata: { labels } });
const CALLER = labelled({ app: "caller" });

function toCase(name: string, make: (space: string) => Omit<Case, "name">): Case {
  return { name, ...make(name) };
}

const CASES: readonly Case[] = [
  toCase("three-databases", (space) => {
    const pods = [database(space, 1, "primary"), database(space, 2, "replica"), database(space, 3, "replica")];
    return { objects: pods, pods: [...pods, database(space, 4, "replica")] };
  }),
  toCase("database-behind-its-primary", (space) => {
    const pods = [database(space, 1, "replica"), database(space, 2, "primary")];
    const selector = { "cnpg.io/cluster": "pg", "cnpg.io/instanceRole": "primary" };
    return { objects: [...pods, front(space, selector), caller(space, "peer")], pods: [...pods, CALLER] };
  }),
  toCase("leader-by-a-label-that-others-lack", (space) => {
    const peer = (i: number, more: JsonRecord): JsonRecord => owned(space, CNPG, `pg-${i}`, { "cnpg.io/cluster": "pg", ...more });
    const pods = [peer(1, {}), peer(2, { leader: "yes" })];
    return { objects: [...pods, front(space, { leader: "yes" }), caller(space, "peer")], pods: [...pods, CALLER] };
  }),
  toCase("one-broker", (space) => ({ objects: [broker(space, 0)], pods: [broker(space, 0), broker(space, 1)] })),
  toCase("machine-started-again", (space) => ({ objects: [machine(space, `${space}-vm`)], pods: [machine(space, `${space}-vm`), machine(space, "other")] })),
  toCase("rollout", (space) => ({
    objects: [rolled(space, "aaa"), front(space, { app: "web", "rollouts-pod-template-hash": "aaa" }), caller(space, "peer")],
    pods: [CALLER, rolled(space, "aaa"), rolled(space, "bbb")],
  })),
  toCase("one-of-a-set", (space) => ({
    objects: [
      statefulSet({ name: "db", namespace: space }),
      member(space, 0),
      member(space, 1),
      front(space, { "statefulset.kubernetes.io/pod-name": "db-0" }),
      caller(space, "peer"),
    ],
    pods: [CALLER, member(space, 0), member(space, 1)],
  })),
  toCase("built-in", (space) => ({
    objects: [
      daemonSet({ name: "agent", namespace: space }),
      replicationController({ name: "old", namespace: space }),
      job({ name: "once", namespace: space, podLabels: { "controller-uid": "u", "job-name": "once" } }),
      pod({ name: "bare", namespace: space, podLabels: { app: "bare", "pod-template-hash": "x" } }),
    ],
    pods: [
      labelled({ app: "agent", "controller-revision-hash": "b" }),
      labelled({ app: "old" }),
      labelled({ app: "once", "controller-uid": "v", "job-name": "once" }),
      labelled({ app: "bare" }),
    ],
  })),
];

let cluster: ScannedCluster;
afterAll(() => cluster.stop());
beforeAll(async () => {
  cluster = await startScanned();
  await cluster.scan(CASES.flatMap(({ name, objects }) => [namespace({ name }), ...objects]));
});

it.each(CASES)("finds pods by labels that all of an owner have, and keep: $name", async ({ name, pods }) => {
  for (const callers of ["named", "cluster"]) {
    const { proposal } = await cluster.ask(getNetworkPolicy, `?namespace=${name}&callers=${callers}`);
    const specs = parseAllDocuments(proposal.yaml).map((document) => record(record(document.toJSON()).spec));
    expect([specs[0]?.podSelector, proposal.proof.cut, proposal.skipped]).toEqual([{}, 0, []]);
    const labels = pods.map((one) => textMap(record(one.metadata).labels));
    expect(labels.filter((own) => !specs.slice(1).some(({ podSelector }) => matchesSelector(podSelector, own)))).toEqual([]);
    const peers = specs.flatMap(({ ingress, egress }) => [
      ...records(ingress).flatMap(({ from }) => records(from)),
      ...records(egress).flatMap(({ to }) => records(to)),
    ]);
    const isPeer = (own: Readonly<Record<string, string>>): boolean => peers.some((peer) => matchesSelector(peer.podSelector ?? {}, own));
    const isAsked = labels.some(({ app }) => app === "caller");
    expect(callers === "named" && isAsked ? labels.filter((own) => !isPeer(own)) : []).toEqual([]);
  }
});

it("leaves the pods of an operator's Cluster in their namespace", async () => {
  const { choices } = await cluster.ask(getNetworkPolicy);
  expect(choices.workloads).toContain("three-databases/Cluster/pg");
});
