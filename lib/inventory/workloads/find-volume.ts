import { type JsonRecord, records, text } from "../../model/json";
import type { Container, PodView } from "./workload";

/** A file of a container that a volume holds. */
interface MountedFile {
  readonly volume: JsonRecord;
  /** Its place in the volume: `config.conf`. */
  readonly file: string;
}

/** undefined = its image has it, or nothing. */
export function findMountedFile(pod: PodView, { spec }: Container, path: string): MountedFile | undefined {
  const mount = records(spec.volumeMounts)
    .filter((item) => path === item.mountPath || path.startsWith(`${(text(item.mountPath) ?? "").replace(/\/$/, "")}/`))
    .sort((a, b) => (text(b.mountPath) ?? "").length - (text(a.mountPath) ?? "").length)[0];
  const volume = mount && records(pod.spec.volumes).find(({ name }) => name === mount.name);
  if (!volume) return undefined;
  const below = path.slice((text(mount.mountPath) ?? "").length);
  return { volume, file: [text(mount.subPath) ?? "", ...below.split("/")].filter((part) => part !== "").join("/") };
}

/** The volume that a file of a container is in; undefined = its image has it, or nothing. */
export function findVolume(pod: PodView, container: Container, path: string): JsonRecord | undefined {
  return findMountedFile(pod, container, path)?.volume;
}
