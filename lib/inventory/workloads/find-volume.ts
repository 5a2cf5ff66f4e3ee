import { type JsonRecord, records, text } from "../../model/json";
import type { Container, PodView } from "./workload";

/** The volume that a file of a container is in; undefined = its image has it, or nothing. */
export function findVolume(pod: PodView, { spec }: Container, path: string): JsonRecord | undefined {
  const mount = records(spec.volumeMounts)
    .filter((item) => path === item.mountPath || path.startsWith(`${(text(item.mountPath) ?? "").replace(/\/$/, "")}/`))
    .sort((a, b) => (text(b.mountPath) ?? "").length - (text(a.mountPath) ?? "").length)[0];
  return mount && records(pod.spec.volumes).find(({ name }) => name === mount.name);
}
