import { containerLabel } from "../inventory/workloads/container-label";
import type { Container, PodView } from "../inventory/workloads/workload";
import { CONTAINER_LISTS } from "../inventory/workloads/workload";
import { isRecord } from "../model/json";
import { type OddField, Part } from "./part";

interface AdmittedContainer {
  readonly container: Container;
  readonly name: string;
  /** How messages name it: its name, else its place. */
  readonly label: string;
  readonly spec: Part;
}

/** A pod as Pod Security admission reads it, with the fields that the API server would refuse. */
export interface AdmittedPod {
  readonly view: PodView;
  readonly spec: Part;
  readonly annotations: Readonly<Record<string, string>>;
  readonly isWindows: boolean;
  /** Init, app and ephemeral containers: all that the admission plugin visits. */
  readonly containers: () => readonly AdmittedContainer[];
  /** Grows while fields are read: only what a check looks at can spoil its answer. */
  readonly odd: OddField[];
}

export function toAdmittedPod(view: PodView): AdmittedPod {
  const odd: OddField[] = [];
  const spec = new Part(view.spec, view.at, odd);
  if (spec.isEmpty()) odd.push({ path: view.path, expected: "a pod spec" });
  let containers: readonly AdmittedContainer[] | undefined;
  return {
    view,
    spec,
    annotations: view.annotations,
    isWindows: view.isWindowsForAdmission,
    containers: () => {
      containers ??= readContainers(view, spec, odd);
      return containers;
    },
    odd,
  };
}

function readContainers(view: PodView, spec: Part, odd: OddField[]): readonly AdmittedContainer[] {
  for (const list of CONTAINER_LISTS) {
    const value = spec.get(list);
    if (value === undefined) {
      if (list === "containers") spec.refuse(list, "a list of containers");
    } else if (!Array.isArray(value) || !value.every(isRecord)) spec.refuse(list, "a list of containers");
    else if (list === "containers" && value.length === 0) spec.refuse(list, "at least one container");
  }
  return view.containers.map((container) => ({
    container,
    name: container.name,
    label: containerLabel(container),
    spec: new Part(container.spec, container.at, odd),
  }));
}
