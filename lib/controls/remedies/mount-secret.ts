import { isRecord, records, text } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import type { Container, PodView } from "../../inventory/workloads/workload";
import { firstFree } from "./free-name";
import { toObjectName } from "./object-name";
import { set } from "./ops";
import { volumeNames } from "./volume-names";

/** Where a Secret is mounted for one container. */
const SECRET_FOLDER = "/run/secrets";

/** The longest name of a volume is 63 characters: this leaves room for a number. */
const MAX_VOLUME_NAME = 60;

/** A volume that shows every key of the Secret as a file of that name. */
function findVolume(pod: PodView, secretName: string): string | undefined {
  const isWhole = ({ secret, projected }: Record<string, unknown>): boolean =>
    isRecord(secret) && secret.secretName === secretName && records(secret.items).length === 0 && !isRecord(projected);
  return text(records(pod.spec.volumes).find(isWhole)?.name);
}

function findMountPath(container: Container, volumeName: string): string | undefined {
  return text(records(container.spec.volumeMounts).find((mount) => mount.name === volumeName && !mount.subPath && !mount.subPathExpr)?.mountPath);
}

/** Collects the operations that give containers a Secret as files, each volume and mount once. */
export class SecretMounts {
  readonly ops: PatchOp[] = [];
  private readonly pod: PodView;
  /** Names of volumes by that of their Secret. */
  private readonly volumes = new Map<string, string>();
  private readonly folders = new Map<string, string>();

  constructor(pod: PodView) {
    this.pod = pod;
  }

  /** The folder of the Secret's files in the container. `isOptional` = pods start without the Secret, too. */
  mount(container: Container, secretName: string, isOptional = false): string {
    const volume = findVolume(this.pod, secretName) ?? this.volumes.get(secretName) ?? this.addVolume(secretName, isOptional);
    const key = `${container.at("")} ${volume}`;
    const folder = this.folders.get(key) ?? findMountPath(container, volume) ?? this.addMount(container, volume, secretName);
    this.folders.set(key, folder);
    return folder;
  }

  private addVolume(secretName: string, isOptional: boolean): string {
    const taken = new Set([...volumeNames(this.pod), ...this.volumes.values()]);
    const name = firstFree(taken, toObjectName(`secret-${secretName}`.slice(0, MAX_VOLUME_NAME)));
    this.ops.push(set(this.pod.at("volumes[-]"), { name, secret: { secretName, ...(isOptional && { optional: true }) } }));
    this.volumes.set(secretName, name);
    return name;
  }

  private addMount(container: Container, name: string, secretName: string): string {
    const mountPath = firstFree(new Set(records(container.spec.volumeMounts).map((mount) => mount.mountPath)), `${SECRET_FOLDER}/${secretName}`);
    this.ops.push(set(container.at("volumeMounts[-]"), { name, mountPath, readOnly: true }));
    return mountPath;
  }
}
