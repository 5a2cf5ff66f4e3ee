import { type JsonRecord, list, record, records, text } from "../../model/json";
import { parseImageReference } from "./image-reference";
import type { RunningImage } from "../workloads/workload";

type Run = readonly [image: string, digest: RunningImage["digest"], isOwnName: 0 | 1];

/** `docker-pullable://app@sha256:...`, `app@sha256:...`; a bare `sha256:...` is the id of a configuration, which builds of one day can share. */
const DIGEST = /@([a-z0-9]+:[0-9a-f]{32,128})$/;

/** Whether a runtime knows by the name that the pod gives what it says to run: a build is often known by several. */
function isNamed(image: string, status: JsonRecord | undefined): boolean {
  const wanted = parseImageReference(image);
  const [id, shown] = [parseImageReference(text(status?.imageID) ?? ""), parseImageReference(text(status?.image) ?? "")];
  if (!wanted || id?.repository !== wanted.repository) return false;
  // While an image is replaced in a running pod, its status is still of the one before.
  return !shown?.tag || shown.tag === (wanted.tag ?? "latest");
}

/** JSON of a `Run` per container of a live pod that started and whose image names no digest; "" for none. */
export function toRunsText(spec: JsonRecord, status: unknown): string {
  const statuses = [...records(record(status).containerStatuses), ...records(record(status).initContainerStatuses)];
  const byName = new Map(statuses.map((item) => [text(item.name), item]));
  const runs = [...list(spec.containers), ...list(spec.initContainers)].flatMap((item): Run[] => {
    const { name, image } = record(item);
    const status = byName.get(text(name));
    const id = text(status?.imageID) ?? "";
    if (typeof image !== "string" || image === "" || image.includes("@") || id === "") return [];
    return [[image, DIGEST.exec(id)?.[1] ?? null, isNamed(image, status) ? 1 : 0]];
  });
  return runs.length === 0 ? "" : JSON.stringify(runs);
}

interface RunningPod {
  readonly nodeName: string;
  /** As `toRunsText` wrote it. */
  readonly runs: string;
}

/** What the live pods of one workload run, each image, architecture, digest and whether it goes by that name once. */
export function listRunningImages(pods: readonly RunningPod[], architectureOf: (node: string) => string): readonly RunningImage[] {
  const found = new Map<string, { -readonly [K in keyof RunningImage]: RunningImage[K] }>();
  for (const pod of pods) {
    const architecture = architectureOf(pod.nodeName);
    const runs = pod.runs === "" ? [] : (JSON.parse(pod.runs) as readonly Run[]); // safe: written above
    for (const [image, digest, isOwnName] of runs) {
      const key = `${architecture} ${digest} ${isOwnName} ${image}`;
      const known = found.get(key);
      if (known) known.pods += 1;
      else found.set(key, { image, architecture, digest, isOwnName: isOwnName === 1, pods: 1 });
    }
  }
  return [...found.values()];
}
