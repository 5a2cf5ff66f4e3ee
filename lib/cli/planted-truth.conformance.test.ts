import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { listControls } from "../controls/registry";
import { expandObjects } from "../inventory/expand-objects";
import { dig, isRecord, type JsonRecord, list, record, records, text } from "../model/json";
import type { Verdict } from "../model/verdict";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { judgeManifests } from "./scan-manifests";

const generator = path.resolve(import.meta.dirname, "../../../shared/tools/gen-cluster.mjs");
const isHere = existsSync(generator);
if (!isHere) console.info("The generator of clusters with planted weaknesses is not here: skipped.");

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"];

/** The planted question, the controls that ask it, and the kinds that the plant judges. */
const ASKED: readonly (readonly [topic: string, controls: readonly string[], kinds: readonly string[]])[] = [
  ["allow-privilege-escalation", ["privilege-escalation-allowed"], WORKLOADS],
  ["apiserver-audit-log", ["apiserver-audit-log"], ["Cluster"]],
  ["apiserver-encryption-at-rest", ["apiserver-encryption-at-rest"], ["Cluster"]],
  ["automount-sa-token-pod-field", ["sa-token-automounted"], WORKLOADS],
  ["capabilities-baseline", ["capabilities-beyond-baseline", "capabilities-dangerous"], WORKLOADS],
  ["capabilities-drop-all", ["capabilities-not-dropped"], WORKLOADS],
  ["capabilities-restricted", ["capabilities-not-dropped", "capabilities-beyond-baseline", "capabilities-dangerous"], WORKLOADS],
  ["default-service-account", ["default-sa-in-use"], WORKLOADS],
  ["env-secrets", ["secret-literal-in-spec"], WORKLOADS],
  ["host-ipc", ["host-ipc"], WORKLOADS],
  ["host-namespaces", ["host-pid", "host-ipc", "host-network"], WORKLOADS],
  ["host-network", ["host-network"], WORKLOADS],
  ["host-path", ["hostpath-volume", "hostpath-sensitive", "runtime-socket-mount"], WORKLOADS],
  ["host-pid", ["host-pid"], WORKLOADS],
  ["host-ports", ["host-port"], WORKLOADS],
  ["image-digest", ["image-not-digest-pinned"], WORKLOADS],
  ["image-tag", ["image-tag-mutable"], WORKLOADS],
  ["ingress-tls", ["ingress-without-tls"], ["Ingress"]],
  ["ingress-wildcard-host", ["ingress-wildcard-host"], ["Ingress"]],
  ["limitrange", ["limitrange-missing"], ["Namespace"]],
  ["netpol-default-deny-egress", ["netpol-default-deny-egress"], ["Namespace"]],
  ["netpol-default-deny-ingress", ["netpol-default-deny-ingress"], ["Namespace"]],
  ["netpol-missing-workload", ["netpol-ingress-open"], ["Deployment", "StatefulSet"]],
  ["node-general-purpose-os", ["node-container-os"], ["Node"]],
  ["node-kubelet-version", ["node-kubelet-skew"], ["Node"]],
  ["privileged", ["container-privileged"], WORKLOADS],
  ["proc-mount", ["proc-mount-unmasked"], WORKLOADS],
  ["pss-namespace-label", ["psa-enforce-missing"], ["Namespace"]],
  ["rbac-anonymous", ["rbac-anonymous-binding"], ["ClusterRoleBinding", "RoleBinding"]],
  ["rbac-authenticated-group", ["rbac-authenticated-binding"], ["ClusterRoleBinding", "RoleBinding"]],
  ["rbac-cluster-admin-binding", ["rbac-cluster-admin-binding"], ["ClusterRoleBinding", "RoleBinding"]],
  ["rbac-wildcard", ["rbac-wildcard-rule"], ["ClusterRole", "Role"]],
  ["read-only-rootfs", ["root-fs-writable"], WORKLOADS],
  ["resource-limits", ["resource-limits-missing"], WORKLOADS],
  ["resource-quota", ["resourcequota-missing"], ["Namespace"]],
  ["resource-requests", ["resource-requests-missing"], WORKLOADS],
  ["run-as-non-root", ["run-as-non-root"], WORKLOADS],
  ["run-as-user", ["run-as-root-uid"], WORKLOADS],
  ["runtime-socket-mount", ["runtime-socket-mount"], WORKLOADS],
  ["seccomp-baseline", ["seccomp-unconfined"], WORKLOADS],
  ["seccomp-restricted", ["seccomp-not-set", "seccomp-unconfined"], WORKLOADS],
  ["secrets-in-env", ["secret-env-ref"], WORKLOADS],
  ["service-loadbalancer", ["cloud-lb-unrestricted"], ["Service"]],
  ["service-nodeport", ["service-nodeport"], ["Service"]],
  ["sysctls", ["unsafe-sysctls"], WORKLOADS],
  ["volume-types", ["volume-types-nonrestricted", "hostpath-volume", "hostpath-sensitive", "runtime-socket-mount"], WORKLOADS],
];

/** Planted on a role; ours stand on whoever is bound to it. */
const HELD: readonly (readonly [topic: string, control: string])[] = [
  ["rbac-escalation-verbs", "rbac-escalate"],
  ["rbac-impersonate", "rbac-impersonate"],
  ["rbac-nodes-proxy", "rbac-node-proxy"],
  ["rbac-pod-exec", "rbac-pod-exec"],
  ["rbac-pv-create", "rbac-pv-create"],
  ["rbac-sa-token-create", "rbac-token-request"],
  ["rbac-secrets", "rbac-secrets-read"],
  ["rbac-webhook-config", "rbac-admission-write"],
];

interface World {
  readonly objects: readonly JsonRecord[];
  /** topic -> `Kind/namespace/name` of what must fail. */
  readonly planted: ReadonlyMap<string, ReadonlySet<string>>;
  readonly verdicts: readonly Verdict[];
}

function key(kind: unknown, namespace: unknown, name: unknown): string {
  return `${text(kind) ?? ""}/${text(namespace) ?? ""}/${text(name) ?? ""}`;
}

function keyOf(object: JsonRecord): string {
  const { namespace, name } = record(object.metadata);
  return key(object.kind, namespace, name);
}

function plant(seed: number, day: number): World {
  const folder = mkdtempSync(path.join(tmpdir(), "planted-"));
  execFileSync(process.execPath, [generator, "--out", folder, "--seed", String(seed), "--day", String(day), "--workloads", "240", "--drift", "0.05"]);
  const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
  const notObjects = ["summary.json", "version.json"];
  const objects = readdirSync(folder)
    .filter((file) => file.endsWith(".json") && !notObjects.includes(file))
    .flatMap((file) => expandObjects(JSON.parse(read(file))).objects);
  const rows = read("truth.jsonl")
    .split("\n")
    .filter(Boolean)
    .map((line) => record(JSON.parse(line)));
  const planted = Map.groupBy(rows, (row) => String(row.topic));
  rmSync(folder, { recursive: true });
  return {
    objects,
    planted: new Map([...planted].map(([topic, ofTopic]) => [topic, new Set(ofTopic.map((row) => key(row.kind, row.namespace, row.name)))])),
    verdicts: [
      ...judgeManifests(objects, listControls(), {
        isComplete: true,
        kubeVersion: { major: 1, minor: 34, text: "v1.34.2" },
        settings: DEFAULT_SETTINGS,
        observedAt: "2026-11-25T00:00:00Z",
        namespace: "default",
      }),
    ],
  };
}

function podSpecOf(object: JsonRecord): JsonRecord {
  const spec = object.kind === "CronJob" ? dig(object, "spec", "jobTemplate", "spec") : object.spec;
  return record(dig(spec, "template", "spec"));
}

/** Where the plant looks at one object alone, and the catalogue looks at what else the cluster says. */
function createIsOtherwise({ objects, planted }: World): (topic: string, subject: string) => boolean {
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
  const withDefaults = new Set(ofKind("LimitRange").map((object) => dig(object, "metadata", "namespace")));
  const tokenless = new Set(
    ofKind("ServiceAccount")
      .filter((object) => object.automountServiceAccountToken === false)
      .map(keyOf),
  );
  const bound = new Set(
    [...ofKind("RoleBinding"), ...ofKind("ClusterRoleBinding")].flatMap((binding) =>
      records(binding.subjects).map((subject) => key(subject.kind, subject.namespace, subject.name)),
    ),
  );
  const inhabited = new Set(objects.filter((object) => WORKLOADS.includes(String(object.kind))).map((object) => dig(object, "metadata", "namespace")));
  const isPlanted = (topic: string, subject: string) => planted.get(topic)?.has(subject) === true;
  const isFinished = (object: JsonRecord) =>
    object.kind === "Job" && records(dig(object, "status", "conditions")).some((item) => item.type === "Complete" && item.status === "True");
  const isUnlimited = (namespace: unknown) =>
    [...(planted.get("resource-limits") ?? [])].some((subject) => subject.split("/")[1] === namespace && !isFinished(record(byKey.get(subject))));
  return (topic, subject) => {
    const object = record(byKey.get(subject));
    const { namespace, name } = record(object.metadata);
    const spec = podSpecOf(object);
    const account = key("ServiceAccount", namespace, text(spec.serviceAccountName) ?? "default");
    if (isFinished(object)) return true;
    if (topic === "automount-sa-token-pod-field") return tokenless.has(account) || bound.has(account);
    if (topic === "default-service-account") return tokenless.has(account) || spec.automountServiceAccountToken === false;
    if (topic === "resource-limits") return withDefaults.has(namespace);
    if (topic === "resource-requests") return withDefaults.has(namespace) || !isPlanted("resource-limits", subject);
    if (object.kind === "Namespace" && !inhabited.has(name)) return true;
    if (topic === "netpol-missing-workload") return spec.hostNetwork === true;
    if (topic === "ingress-tls") return records(dig(object, "spec", "rules")).some((rule) => text(rule.host)?.startsWith("*") === true);
    if (topic === "limitrange") return !isUnlimited(name);
    return topic === "rbac-anonymous" && name === "system:public-info-viewer";
  };
}

function failing(verdicts: readonly Verdict[], controls: readonly string[]): Set<string> {
  const found = verdicts.filter((verdict) => controls.includes(verdict.control) && (verdict.state === "fail" || verdict.state === "subsumed"));
  return new Set(found.map(({ resource }) => key(resource.kind, resource.namespace ?? "", resource.name)));
}

const WORLDS = [
  [1, 0],
  [1, 4],
  [2, 0],
  [2, 1],
  [7, 30],
  [11, 2],
  [5, 1],
  [123, 2],
] as const;

describe.skipIf(!isHere).each(WORLDS)("of the cluster with seed %i on day %i", (seed, day) => {
  const world = plant(seed, day);
  const isOtherwise = createIsOtherwise(world);

  test.each(ASKED)("%s: exactly what was planted is found", (topic, controls, kinds) => {
    const expected = [...(world.planted.get(topic) ?? [])].filter((subject) => !isOtherwise(topic, subject));
    const found = [...failing(world.verdicts, controls)].filter((subject) => kinds.includes(subject.split("/")[0] ?? "") && !isOtherwise(topic, subject));
    expect(found.sort()).toEqual(expected.sort());
  });

  test.each(HELD)("%s: everybody who is bound to a role with it has %s", (topic, control) => {
    // Of somebody who is bound to cluster-admin that alone is said.
    const admins = world.objects.filter((object) => record(object.roleRef).name === "cluster-admin").flatMap((binding) => records(binding.subjects));
    const holders = [...failing(world.verdicts, [control]), ...admins.map((subject) => key(subject.kind, subject.namespace, subject.name))];
    const roles = world.planted.get(topic) ?? new Set();
    const bindings = world.objects.filter((object) => {
      const { kind, name } = record(object.roleRef);
      return isRecord(object.roleRef) && roles.has(key(kind, kind === "Role" ? dig(object, "metadata", "namespace") : "", name));
    });
    expect(bindings.length > 0).toBe(roles.size > 0);
    for (const subject of bindings.flatMap((binding) => list(binding.subjects).map(record)))
      expect(holders, `${String(subject.kind)} ${String(subject.name)}`).toContain(key(subject.kind, subject.namespace, subject.name));
  });
});
