import { type JsonRecord, isRecord, list, record, records, text } from "../../model/json";
import { normaliseHostPath } from "./host-path";
import type { KubeObject } from "../kube-object";
import type { Context } from "../view";
import { defineView } from "../view";
import type { Container, PodView, Workload } from "./workload";

/** One mount of a directory or file of the node in one container, or a volume that no container mounts. */
export interface HostPathMount {
  readonly volume: string;
  /** Where the host path is written: in the pod's volumes, or in the PersistentVolume. */
  readonly path: string;
  readonly value: string;
  /** Path on the node with the mount's subPath, up to the folder where a variable goes on. */
  readonly hostPath: string;
  /** A variable fills in the rest of the path. */
  readonly isOpenEnded: boolean;
  /** Null: the volume is declared, and nothing mounts it. */
  readonly container: Container | null;
  readonly isWritable: boolean;
  /** The PersistentVolume that names the path, when it is not the pod. */
  readonly persistentVolume?: KubeObject;
  /** Claimed anew for each pod of a StatefulSet, whose templates of claims cannot be changed in place. */
  readonly isClaimedAnew?: true;
}

interface HostVolume {
  readonly name: string;
  readonly path: string;
  readonly value: string;
  /** The claim is mounted read-only, whatever a mount says. */
  readonly isReadOnly?: boolean;
  readonly persistentVolume?: KubeObject;
  readonly isClaimedAnew?: true;
}

const persistentVolumesByName = defineView({
  reads: ["persistentVolumes"],
  compute: (context) => new Map(context.slices.persistentVolumes.map((volume) => [volume.ref.name, volume])),
});

/** By the `namespace/name` of the claim that a volume is kept for: in manifests it may be said on that side only. */
const persistentVolumesByClaim = defineView({
  reads: ["persistentVolumes"],
  compute: (context) =>
    new Map<string, KubeObject>(
      context.slices.persistentVolumes.flatMap((volume) => {
        const { namespace, name } = record(record(volume.body.spec).claimRef);
        return text(name) === undefined ? [] : [[`${text(namespace)}/${text(name)}`, volume]];
      }),
    ),
});

const claimsByKey = defineView({
  reads: ["persistentVolumeClaims"],
  compute: (context) => new Map(context.slices.persistentVolumeClaims.map((claim) => [`${claim.ref.namespace}/${claim.ref.name}`, claim])),
});

/** Names of claims by what a StatefulSet numbers: `shop/data-cart` of `shop/data-cart-0`. */
const numberedClaims = defineView({
  reads: ["persistentVolumes", "persistentVolumeClaims"],
  compute: (context) => {
    const keys = new Set([...context.view(claimsByKey).keys(), ...context.view(persistentVolumesByClaim).keys()]);
    return Map.groupBy(
      [...keys].filter((key) => /-\d+$/.test(key)),
      (key) => key.slice(0, key.lastIndexOf("-")),
    );
  },
});

type VolumeContext = Context<"persistentVolumes" | "persistentVolumeClaims">;
type VolumeOfNode = Pick<HostVolume, "path" | "value"> & { readonly persistentVolume: KubeObject };

function toVolumeOfNode(persistentVolume: KubeObject | undefined): VolumeOfNode | null {
  const spec = record(persistentVolume?.body.spec);
  const source = ["hostPath", "local"].find((name) => text(record(spec[name]).path) !== undefined);
  return persistentVolume && source !== undefined ? { path: `spec.${source}.path`, value: text(record(spec[source]).path) ?? "", persistentVolume } : null;
}

/** The PersistentVolume of this name. */
function volumeByName(volumeName: unknown, context: VolumeContext): KubeObject | undefined {
  return context.view(persistentVolumesByName).get(text(volumeName) ?? "");
}

function findByName(volumeName: unknown, context: VolumeContext): VolumeOfNode | null {
  return toVolumeOfNode(volumeByName(volumeName, context));
}

/** The PersistentVolumes that one side or the other says a claim has. */
function volumesByClaim(key: string, context: VolumeContext): readonly KubeObject[] {
  const claim = context.view(claimsByKey).get(key);
  return [volumeByName(record(claim?.body.spec).volumeName, context), context.view(persistentVolumesByClaim).get(key)].filter((volume) => volume !== undefined);
}

function findByClaim(key: string, context: VolumeContext): VolumeOfNode | null {
  return (
    volumesByClaim(key, context)
      .map(toVolumeOfNode)
      .find((volume) => volume !== null) ?? null
  );
}

function findHostVolume(volume: JsonRecord, index: number, pod: PodView, namespace: string | null, context: VolumeContext): HostVolume | null {
  const name = text(volume.name) ?? "";
  if (isRecord(volume.hostPath)) {
    const path = text(volume.hostPath.path) ?? "";
    return { name, path: pod.at(`volumes[${index}].hostPath.path`), value: path };
  }
  const { claimName, readOnly } = record(volume.persistentVolumeClaim);
  if (text(claimName) !== undefined) {
    const found = findByClaim(`${namespace}/${text(claimName)}`, context);
    return found && { ...found, name, isReadOnly: readOnly === true };
  }
  const own = record(record(record(volume.ephemeral).volumeClaimTemplate).spec);
  const found = findByName(own.volumeName, context);
  return found && { ...found, name };
}

/** Volumes that a StatefulSet claims for each of its pods: its template of a pod spec does not list them. */
function listClaimedVolumes(workload: Workload, pod: PodView, context: VolumeContext): readonly HostVolume[] {
  if (workload.ref.kind !== "StatefulSet" || pod.source !== "template") return [];
  return list(record(workload.object().spec).volumeClaimTemplates).flatMap((item) => {
    const name = text(record(record(item).metadata).name) ?? "";
    const claims = context.view(numberedClaims).get(`${workload.ref.namespace}/${name}-${workload.ref.name}`) ?? [];
    const found = [findByName(record(record(item).spec).volumeName, context), ...claims.map((key) => findByClaim(key, context))];
    const distinct = new Map(found.filter((volume) => volume !== null).map((volume) => [volume.value, volume]));
    return [...distinct.values()].map((volume) => ({ ...volume, name, isClaimedAnew: true as const }));
  });
}

/** Claims of a StatefulSet's pods for which manifests show no PersistentVolume. */
function listUntoldTemplates(workload: Workload, context: VolumeContext): readonly string[] {
  if (workload.ref.kind !== "StatefulSet") return [];
  return list(record(workload.object().spec).volumeClaimTemplates).flatMap((item) => {
    const name = text(record(record(item).metadata).name) ?? "";
    const claims = context.view(numberedClaims).get(`${workload.ref.namespace}/${name}-${workload.ref.name}`) ?? [];
    const isTold = volumeByName(record(record(item).spec).volumeName, context) || claims.some((key) => volumesByClaim(key, context).length > 0);
    return isTold ? [] : [name];
  });
}

/**
 * Volumes of a pod that may be a directory of its node, which these manifests do not say: claims whose PersistentVolume is not among them. In a
 * whole cluster there are none: a claim without a volume has none yet.
 */
export function listUntoldVolumes(workload: Workload, pod: PodView, context: VolumeContext): readonly string[] {
  if (context.isComplete) return [];
  const declared = records(pod.spec.volumes).flatMap((volume): readonly string[] => {
    const claim = text(record(volume.persistentVolumeClaim).claimName);
    if (claim !== undefined) return volumesByClaim(`${workload.ref.namespace}/${claim}`, context).length > 0 ? [] : [text(volume.name) ?? ""];
    const own = record(volume.ephemeral).volumeClaimTemplate;
    return isRecord(own) && !volumeByName(record(own.spec).volumeName, context) ? [text(volume.name) ?? ""] : [];
  });
  return [...declared, ...(pod.source === "template" ? listUntoldTemplates(workload, context) : [])];
}

/** The part of the path that is known, and whether a variable goes on from there. A variable may begin inside a name: then its folder is what is known. */
function effectivePath(hostPath: string, mount: JsonRecord): Pick<HostPathMount, "hostPath" | "isOpenEnded"> {
  const plain = text(mount.subPath) ?? "";
  if (plain !== "") return { hostPath: `${hostPath}/${plain}`, isOpenEnded: false };
  const expression = text(mount.subPathExpr) ?? "";
  const variable = expression.indexOf("$(");
  const known = variable < 0 ? expression : expression.slice(0, expression.lastIndexOf("/", variable) + 1);
  return { hostPath: known === "" ? hostPath : `${hostPath}/${known}`, isOpenEnded: variable >= 0 };
}

/** The longest path that Linux takes. */
const MOST_OF_PATH = 4_096;

/** A path that is longer is written out plainly, and cut where it is too long still: each mount looks at it anew, and its first folders decide. */
function cutLongPath(volume: HostVolume): HostVolume {
  return volume.value.length <= MOST_OF_PATH ? volume : { ...volume, value: normaliseHostPath(volume.value).slice(0, MOST_OF_PATH) };
}

/** The API server refuses a second volume of a name; of a custom kind there may be thousands, which only the first writable and the first other mount meet. */
const MOST_OF_ONE_NAME = 16;

/** Every mount of the node's file system in a pod, and every such volume without a mount: hostPath, and claims on host or local volumes. */
export function listHostPathMounts(workload: Workload, pod: PodView, context: VolumeContext): readonly HostPathMount[] {
  const declared = list(pod.spec.volumes).flatMap((volume, i) =>
    isRecord(volume) ? (findHostVolume(volume, i, pod, workload.ref.namespace, context) ?? []) : [],
  );
  const volumes = [...declared, ...listClaimedVolumes(workload, pod, context)];
  if (volumes.length === 0) return [];
  const byName = Map.groupBy(volumes.map(cutLongPath), ({ name }) => name);
  const paired = new Set<string>();
  const mounts = pod.containers.flatMap((container) =>
    list(container.spec.volumeMounts).flatMap((item) => {
      const mount = record(item);
      const mountName = text(mount.name) ?? "";
      const isReadOnlyMount = mount.readOnly === true;
      const pairing = `${isReadOnlyMount} ${mountName}`;
      const all = byName.get(mountName) ?? [];
      const named = paired.has(pairing) ? all.slice(0, MOST_OF_ONE_NAME) : all;
      paired.add(pairing);
      return named.map(({ name, isReadOnly, ...volume }) => ({
        ...volume,
        ...effectivePath(volume.value, mount),
        volume: name,
        container,
        isWritable: !isReadOnlyMount && isReadOnly !== true,
      }));
    }),
  );
  const mounted = new Set(mounts.map((mount) => mount.volume));
  const unmounted = volumes.filter(({ name }) => !mounted.has(name));
  return [
    ...mounts,
    ...unmounted.map(({ name, isReadOnly: _isReadOnly, ...volume }) => ({
      ...volume,
      volume: name,
      hostPath: volume.value,
      isOpenEnded: false,
      container: null,
      isWritable: false,
    })),
  ];
}

export function untoldVolume(name: string): string {
  return `These manifests do not show which PersistentVolume the claim of volume ${name} gets: it may be a directory of the node.`;
}
