import { type JsonRecord, isRecord, list, record, text, textMap } from "../../model/json";
import { detectPodOs, saysWindows } from "./pod-os";
import { CONTAINER_LISTS, type Container, type PodView } from "./workload";

function below(base: string, relative: string): string {
  if (relative === "") return base;
  return relative.startsWith("[") ? base + relative : `${base}.${relative}`;
}

/** Every container of a pod spec; items that are no objects are left out, the others keep their index. */
export function listContainers(spec: JsonRecord, path: string): Container[] {
  return CONTAINER_LISTS.flatMap((name) =>
    list(spec[name]).flatMap((item, index) => {
      if (!isRecord(item)) return [];
      return {
        list: name,
        index,
        name: text(item.name) ?? "",
        spec: item,
        securityContext: record(item.securityContext),
        isSidecar: name === "initContainers" && item.restartPolicy === "Always",
        at: (relative: string) => below(`${path}.${name}[${index}]`, relative),
      };
    }),
  );
}

interface PodViewSource extends Pick<PodView, "source" | "path" | "podName" | "isRolling" | "nodeNames"> {
  readonly spec: JsonRecord;
  readonly metadata: JsonRecord;
  /** Its live pods run on Windows nodes. */
  readonly onWindowsNode: boolean;
}

export function createPodView({ spec, metadata, onWindowsNode, ...source }: PodViewSource): PodView {
  const metadataPath = source.path.endsWith(".spec") ? `${source.path.slice(0, -".spec".length)}.metadata` : "metadata";
  return {
    ...source,
    spec,
    securityContext: record(spec.securityContext),
    labels: textMap(metadata.labels),
    annotations: textMap(metadata.annotations),
    os: detectPodOs(spec, onWindowsNode),
    isWindowsForAdmission: saysWindows(spec),
    containers: listContainers(spec, source.path),
    at: (relative) => below(source.path, relative),
    atMetadata: (relative) => below(metadataPath, relative),
  };
}
