import { type JsonRecord, isRecord, list, record, text } from "../model/json";
import type { KubeObject } from "./kube-object";
import type { Context } from "./view";
import { defineView } from "./view";
import type { Container, PodView, Workload } from "./workload";

/** One mount of a directory or file of the node in one container, or a volume that no container mounts. */
interface HostPathMount {
  readonly volume: string;
  /** Where the host path is written: in the pod's volumes, or the claim that leads to a PersistentVolume. */
  readonly path: string;
  readonly value: string;
  /** Path on the node with the mount's subPath; what follows an unresolved `$(VAR)` is left out. */
  readonly hostPath: string;
  /** Null: the volume is declared, and nothing mounts it. */
  readonly container: Container | null;
  readonly isWritable: boolean;
  /** The PersistentVolume that names the path, when it is not the pod. */
  readonly persistentVolume?: KubeObject;
}

interface HostVolume {
  readonly name: string;
  readonly path: string;
  readonly value: string;
  readonly persistentVolume?: KubeObject;
}

const persistentVolumesByName = defineView({
  reads: ["persistentVolumes"],
  compute: (context) => new Map(context.slices.persistentVolumes.map((volume) => [volume.ref.name, volume])),
});

const claimsByKey = defineView({
  reads: ["persistentVolumeClaims"],
  compute: (context) => new Map(context.slices.persistentVolumeClaims.map((claim) => [`${claim.ref.namespace}/${claim.ref.name}`, claim])),
});

type VolumeContext = Context<"persistentVolumes" | "persistentVolumeClaims">;

function findHostVolume(volume: JsonRecord, index: number, pod: PodView, namespace: string | null, context: VolumeContext): HostVolume | null {
  const name = text(volume.name) ?? "";
  if (isRecord(volume.hostPath)) {
    const path = text(volume.hostPath.path) ?? "";
    return { name, path: pod.at(`volumes[${index}].hostPath.path`), value: path };
  }
  const claimName = text(record(volume.persistentVolumeClaim).claimName);
  if (claimName === undefined) return null;
  const claim = context.view(claimsByKey).get(`${namespace}/${claimName}`);
  const persistentVolume = context.view(persistentVolumesByName).get(text(record(claim?.body.spec).volumeName) ?? "");
  const spec = record(persistentVolume?.body.spec);
  const path = text(record(spec.hostPath).path) ?? text(record(spec.local).path);
  if (!persistentVolume || path === undefined) return null;
  return { name, path: pod.at(`volumes[${index}].persistentVolumeClaim.claimName`), value: path, persistentVolume };
}

function effectivePath(hostPath: string, mount: JsonRecord): string {
  const sub = text(mount.subPath) ?? text(mount.subPathExpr) ?? "";
  const known = sub.split("$(")[0] ?? "";
  return known === "" ? hostPath : `${hostPath}/${known}`;
}

/** Every mount of the node's file system in a pod, and every such volume without a mount: hostPath, and claims on host or local volumes. */
export function listHostPathMounts(workload: Workload, pod: PodView, context: VolumeContext): readonly HostPathMount[] {
  const volumes = list(pod.spec.volumes).flatMap((volume, i) =>
    isRecord(volume) ? (findHostVolume(volume, i, pod, workload.ref.namespace, context) ?? []) : [],
  );
  if (volumes.length === 0) return [];
  const mounts = pod.containers.flatMap((container) =>
    list(container.spec.volumeMounts).flatMap((item) => {
      const mount = record(item);
      return volumes
        .filter((volume) => volume.name === (text(mount.name) ?? ""))
        .map(({ name, ...volume }) => ({
          ...volume,
          volume: name,
          hostPath: effectivePath(volume.value, mount),
          container,
          isWritable: mount.readOnly !== true,
        }));
    }),
  );
  const mounted = new Set(mounts.map((mount) => mount.volume));
  const unmounted = volumes.filter(({ name }) => !mounted.has(name));
  return [...mounts, ...unmounted.map(({ name, ...volume }) => ({ ...volume, volume: name, hostPath: volume.value, container: null, isWritable: false }))];
}
