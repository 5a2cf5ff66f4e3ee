import { type JsonRecord, list, record, records, text } from "../model/json";
import type { RunningImage } from "./workload";

type Run = readonly [image: string, digest: RunningImage["digest"]];

/** `docker-pullable://app@sha256:...`, `app@sha256:...`; a bare `sha256:...` is the id of a configuration, which builds of one day can share. */
const DIGEST = /@([a-z0-9]+:[0-9a-f]{32,128})$/;

/** JSON of `[image, digest]` per container of a live pod that started and whose image names no digest; "" for none. */
export function toRunsText(spec: JsonRecord, status: unknown): string {
  const statuses = [...records(record(status).containerStatuses), ...records(record(status).initContainerStatuses)];
  const ids = new Map(statuses.map((item) => [text(item.name), text(item.imageID) ?? ""]));
  const runs = [...list(spec.containers), ...list(spec.initContainers)].flatMap((item): Run[] => {
    const { name, image } = record(item);
    const id = ids.get(text(name)) ?? "";
    return typeof image !== "string" || image === "" || image.includes("@") || id === "" ? [] : [[image, DIGEST.exec(id)?.[1] ?? null]];
  });
  return runs.length === 0 ? "" : JSON.stringify(runs);
}

interface RunningPod {
  readonly nodeName: string;
  /** As `toRunsText` wrote it. */
  readonly runs: string;
}

/** What the live pods of one workload run, each image, architecture and digest once. */
export function listRunningImages(pods: readonly RunningPod[], architectureOf: (node: string) => string): readonly RunningImage[] {
  const found = new Map<string, { image: string; architecture: string; digest: RunningImage["digest"]; pods: number }>();
  for (const pod of pods) {
    const architecture = architectureOf(pod.nodeName);
    const runs = pod.runs === "" ? [] : (JSON.parse(pod.runs) as readonly Run[]); // safe: written above
    for (const [image, digest] of runs) {
      const key = `${architecture} ${digest} ${image}`;
      const known = found.get(key);
      if (known) known.pods += 1;
      else found.set(key, { image, architecture, digest, pods: 1 });
    }
  }
  return [...found.values()];
}
