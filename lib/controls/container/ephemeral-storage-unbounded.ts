import { findLimit } from "../../inventory/workloads/container-resources";
import { isAmountSet } from "../../inventory/values/quantity";
import type { Container } from "../../inventory/workloads/workload";
import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import type { Severity } from "../../model/severity";
import { judgeContainers } from "../../pod-security/judge-check";
import { containersCommand, WITHOUT_DEBUG } from "../containers-command";
import { defineControl, weakness } from "../define";
import { set } from "../remedies/ops";

const DISK: Severity = "low";
const MEMORY: Severity = "medium";

/** An emptyDir, also the one that the API server makes of a volume without a source. */
function findEmptyDir(volume: unknown): JsonRecord | null {
  if (!isRecord(volume)) return null;
  if (isRecord(volume.emptyDir)) return volume.emptyDir;
  const hasSource = Object.entries(volume).some(([key, value]) => key !== "name" && value !== null && value !== undefined);
  return hasSource ? null : {};
}

/** By the name of a volume, the containers that mount it. */
function usersByVolume(containers: readonly Container[]): ReadonlyMap<unknown, readonly Container[]> {
  const mounts = containers.flatMap((container) =>
    [...new Set(records(container.spec.volumeMounts).map(({ name }) => name))].map((name) => ({ name, container })),
  );
  return new Map([...Map.groupBy(mounts, ({ name }) => name)].map(([name, users]) => [name, users.map(({ container }) => container)]));
}

export default defineControl({
  id: "ephemeral-storage-unbounded",
  layer: "container",
  severity: "low",
  maxSeverity: "medium",
  title: "Scratch space of pods has a size limit",
  failure: "has scratch space without a size limit",
  why: "One pod that fills its emptyDir fills the disk of the node, and the node evicts pods. An emptyDir in memory uses up the node's memory in the same way.",
  action: "Limit the scratch space of pods",
  fix: "Set `emptyDir.sizeLimit` to what is written at the peak plus a margin, or limit the containers: one by `resources.limits.ephemeral-storage`, for a volume in memory each that mounts it by `resources.limits.memory`. A pod that writes more to the disk is evicted.",
  verify: `${containersCommand([".resources.limits.ephemeral-storage", ".resources.limits.memory"], { pod: ".spec.resources.limits.memory", emptyDirs: ".spec.volumes[*].emptyDir" }, WITHOUT_DEBUG)} | grep -E '[= ][{]("medium":"[^"]*",?)?("sizeLimit":"0")?[}]'`,
  lookFor:
    'Pods with a volume that has no `sizeLimit` above 0. `{}` passes where a container has a limit of its storage, first after its name; `{"medium":"Memory"}` where each that mounts it has one of its memory, second after its name, or the pod has. What a LimitRange sets shows here, too.',
  tips: ["S2"],
  frameworks: { nsa: ["RP"], mitre: ["T1499"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#emptydir", "https://kubernetes.io/docs/concepts/storage/ephemeral-storage/"],
  subject: "workload",
  reads: ["limitRanges"],
  wholeCluster: "fail",
  check: ({ workload, pod, containers }, context) => {
    const unlimited = list(pod.spec.volumes).flatMap((volume, i) => {
      const emptyDir = findEmptyDir(volume);
      // Huge pages are set aside: the pod gets as many as its containers ask for.
      if (!emptyDir || isAmountSet(emptyDir.sizeLimit) || (text(emptyDir.medium) ?? "").startsWith("HugePages")) return [];
      return [{ emptyDir, name: String(record(volume).name ?? i), at: pod.at(`volumes[${i}].emptyDir.sizeLimit`) }];
    });
    if (unlimited.length === 0) return [];
    const isDiskBound = containers.some((container) => findLimit("ephemeral-storage", container, workload, pod, context) !== null);
    const isRead = pod.containers.length > 0 && !("state" in judgeContainers(pod));
    const usersOf = usersByVolume(pod.containers);
    const lasting = new Set(containers);
    return unlimited.flatMap(({ emptyDir, name, at }) => {
      const mounting = usersOf.get(name) ?? [];
      // What nobody mounts nobody fills.
      if (isRead && mounting.length === 0) return [];
      if (emptyDir.medium !== "Memory") {
        return isDiskBound
          ? []
          : [weakness(at, emptyDir.sizeLimit, `Volume ${name} may fill the disk of the node.`, { severity: DISK, on: name, hint: "1Gi" })];
      }
      const users = mounting.filter((container) => lasting.has(container));
      const isMemoryBound = users.length > 0 && users.every((container) => findLimit("memory", container, workload, pod, context) !== null);
      return isMemoryBound
        ? []
        : [weakness(at, emptyDir.sizeLimit, `Volume ${name} may fill the memory of the node.`, { severity: MEMORY, on: name, hint: "64Mi" })];
    });
  },
  remedy: (_, weaknesses) => ({
    ops: weaknesses.map(({ path, hint }) => set(path, hint)),
    risk: "may-break",
    note: "The amounts are placeholders: take what the process writes at its peak plus a margin.",
  }),
});
