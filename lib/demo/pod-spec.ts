import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import { hash } from "./kubernetes-object";
import { isBetween, isHardened, STORY } from "./story";
import type { DemoTeam, DemoWorkload } from "./teams";

const REGISTRY = "481516234299.dkr.ecr.eu-central-1.amazonaws.com";
const HARDENED_CONTAINER = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true };
const HARDENED_POD = { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } };

/** 0 to 99, always the same for a name: which share of a team does what. */
export function lot(name: string): number {
  return Number.parseInt(hash(name).slice(0, 6), 16) % 100;
}

function pinned(tag: string): string {
  return `${tag}@sha256:${hash(tag)}`;
}

function imageOf(team: DemoTeam, workload: DemoWorkload, day: number): string {
  const repository = `${REGISTRY}/${team.team}/${workload.name}`;
  const release = 1 + Math.floor((day + lot(workload.name)) / 17);
  if (lot(`${workload.name} tag`) < 12 && !isHardened(team.team, day)) return `${repository}:latest`;
  const tag = `${repository}:2.${release}.${lot(workload.name) % 7}`;
  return day >= STORY.digests && isHardened(team.team, day) ? pinned(tag) : tag;
}

/** Whether the security context of a workload is complete on a day: the push, the media regression, and those who did well before. */
export function isSecured(team: DemoTeam, workload: DemoWorkload, day: number): boolean {
  if (team.team === "media") {
    if (isBetween(day, { from: STORY.mediaRegression.from, to: STORY.mediaRegression.repaired })) return false;
    return day < STORY.mediaRegression.from ? lot(workload.name) < 70 : lot(workload.name) < 55;
  }
  if (isHardened(team.team, day)) return lot(`${workload.name} left`) >= 6;
  return lot(`${workload.name} early`) < 18;
}

function environment(team: DemoTeam, workload: DemoWorkload, day: number): readonly JsonRecord[] {
  const env: JsonRecord[] = [
    { name: "LOG_LEVEL", value: "info" },
    { name: "SERVICE_NAME", value: workload.name },
  ];
  const isMoved = isHardened(team.team, day, 3);
  if (workload.literal && !isMoved) env.push({ name: workload.literal, value: `demo-${hash(workload.name).slice(0, 18)}` });
  if (workload.literal && isMoved) env.push({ name: workload.literal, valueFrom: { secretKeyRef: { name: `${workload.name}-credentials`, key: "token" } } });
  return env;
}

function extraMounts(workload: DemoWorkload): { readonly mounts: readonly JsonRecord[]; readonly volumes: readonly JsonRecord[] } {
  if (workload.name === "build-runner")
    return {
      mounts: [{ name: "runtime", mountPath: "/run/containerd/containerd.sock" }],
      volumes: [{ name: "runtime", hostPath: { path: "/run/containerd/containerd.sock", type: "Socket" } }],
    };
  if (workload.name === "log-shipper")
    return { mounts: [{ name: "logs", mountPath: "/var/log", readOnly: true }], volumes: [{ name: "logs", hostPath: { path: "/var/log", type: "" } }] };
  return { mounts: [], volumes: [] };
}

const PROXY: JsonRecord = {
  name: "envoy",
  image: pinned(`${REGISTRY}/platform/envoy:1.36.2`),
  restartPolicy: "Always",
  args: ["--config-path", "/etc/envoy/envoy.yaml"],
  ports: [{ name: "https", containerPort: 9443, protocol: "TCP" }],
  resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
  securityContext: { ...HARDENED_CONTAINER, runAsNonRoot: true, runAsUser: 101, seccompProfile: { type: "RuntimeDefault" } },
};

/** The pod spec of a workload on a day. */
export function toPodSpec(team: DemoTeam, workload: DemoWorkload, day: number): JsonRecord {
  const isGood = isSecured(team, workload, day);
  const extra = extraMounts(workload);
  const hasLimits = isGood || lot(`${workload.name} limits`) < 62;
  const writable = isGood ? [{ name: "tmp", mountPath: "/tmp" }] : [];
  const container = {
    name: workload.name,
    image: imageOf(team, workload, day),
    env: environment(team, workload, day),
    ...(workload.port && {
      ports: [{ name: "http", containerPort: workload.port, protocol: "TCP" }],
      readinessProbe: { httpGet: { path: "/ready", port: "http" } },
    }),
    resources: { requests: { cpu: "100m", memory: "128Mi" }, ...(hasLimits && { limits: { memory: "512Mi" } }) },
    ...(isGood && {
      securityContext: { ...HARDENED_CONTAINER, ...(workload.writes && lot(`${workload.name} root`) < 40 && { readOnlyRootFilesystem: false }) },
    }),
    volumeMounts: [...writable, ...extra.mounts],
  };
  return {
    serviceAccountName: workload.usesApi || isHardened(team.team, day) ? workload.name : "default",
    ...(isGood && { automountServiceAccountToken: workload.usesApi === true, securityContext: HARDENED_POD }),
    ...(workload.name === "node-exporter" && { hostNetwork: true, hostPID: true }),
    ...(workload.hasProxy && { initContainers: [PROXY] }),
    containers: [container],
    ...(isGood || extra.volumes.length > 0 ? { volumes: [...(isGood ? [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }] : []), ...extra.volumes] } : {}),
  };
}
