import { CONTAINER_LISTS, type ContainerList } from "../inventory/workload";

const START = "kubectl get pods -A -o jsonpath='{range .items[*]}";
const END = "{end}'";
/** Resources are not of debug containers, and most of what is asked of programs is not asked of them. */
export const WITHOUT_DEBUG = ["initContainers", "containers"] as const satisfies readonly ContainerList[];

/** For `grep -E`, which then leaves pods out that pass: the field is set neither for the pod, shown as `pod`, nor for a container. */
export const UNSET_IN_BOTH = " pod= (.* )?[^ =]+=( |$)";
/** As that: a container's image is named without its digest. */
export const WITHOUT_DIGEST = " [^ =]+=[^ @]+( |$)";

/**
 * A command that shows fields of every container, one pod a line: `name=value`, and nothing after the sign where it is not set.
 * Columns would show the values that are set, without telling whose they are. `ofPod` goes first, by the names to show.
 */
export function containersCommand(
  field: string | readonly string[],
  ofPod: Readonly<Record<string, string>> = {},
  lists: readonly ContainerList[] = CONTAINER_LISTS,
): string {
  const shown = [field].flat().map((path) => `{${path}}`);
  const own = Object.entries(ofPod).map(([name, path]) => ` ${name}={${path}}`);
  const each = lists.map((place) => `{range .spec.${place}[*]} {.name}=${shown.join(",")}{end}`);
  return `${START}{.metadata.namespace}/{.metadata.name}${own.join("")}${each.join("")}{"\\n"}${END}`;
}
