import { isRecord, record, records, text } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import type { Container, PodView } from "../../inventory/workload";
import { toObjectName } from "./object-name";
import { set } from "./ops";

/** Where a Secret is mounted for one container. */
export const SECRET_FOLDER = "/run/secrets";

function findVolume(pod: PodView, secretName: string): string | undefined {
  return text(records(pod.spec.volumes).find((volume) => record(volume.secret).secretName === secretName && !isRecord(volume.projected))?.name);
}

function findMountPath(container: Container, volumeName: string): string | undefined {
  return text(records(container.spec.volumeMounts).find((mount) => mount.name === volumeName && mount.subPath === undefined)?.mountPath);
}

/** Collects the operations that give containers a Secret as files, each volume and mount once. */
export class SecretMounts {
  readonly ops: PatchOp[] = [];
  private readonly pod: PodView;
  private readonly volumes = new Set<string>();
  private readonly mounts = new Set<string>();

  constructor(pod: PodView) {
    this.pod = pod;
  }

  /** The folder of the Secret's files in the container. */
  mount(container: Container, secretName: string): string {
    const existing = findVolume(this.pod, secretName);
    const volumeName = existing ?? toObjectName(`secret-${secretName}`);
    if (!existing && !this.volumes.has(volumeName)) this.ops.push(set(this.pod.at("volumes[-]"), { name: volumeName, secret: { secretName } }));
    this.volumes.add(volumeName);
    const mounted = existing ? findMountPath(container, existing) : undefined;
    const folder = mounted ?? `${SECRET_FOLDER}/${secretName}`;
    const key = `${container.at("")} ${volumeName}`;
    if (!mounted && !this.mounts.has(key)) this.ops.push(set(container.at("volumeMounts[-]"), { name: volumeName, mountPath: folder, readOnly: true }));
    this.mounts.add(key);
    return folder;
  }
}
