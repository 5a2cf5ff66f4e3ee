import { CONTAINER_LISTS, type ContainerList } from "../inventory/workloads/workload";

const START = "kubectl get pods -A -o jsonpath='{range .items[*]}";
const END = "{end}'";
/** Resources are not of debug containers, and most of what is asked of programs is not asked of them. */
export const WITHOUT_DEBUG = ["initContainers", "containers"] as const satisfies readonly ContainerList[];
/** Those that run as long as their pod. */
export const LASTING = ["sidecars", "containers"] as const;

/** Where images are named: a volume may be one too, and shows its policy to pull it in the same field. */
export const OF_IMAGES = [...CONTAINER_LISTS, "volumes"] as const;

type Place = ContainerList | "sidecars" | "volumes";

/** What is read of a pod for each place that containers stand in. */
function toSelector(place: Place): string {
  if (place === "volumes") return "volumes[?(@.image)]";
  return place === "sidecars" ? 'initContainers[?(@.restartPolicy=="Always")]' : `${place}[*]`;
}

/** For `grep -E`, which then leaves pods out that pass: the field is set neither for the pod, shown as `pod`, nor for a container. */
export const UNSET_IN_BOTH = " pod= (.* )?[^ =]+=( |$)";
/** As that: a container's image is named without its digest. */
export const WITHOUT_DIGEST = " [^ =]+=[^ @]+( |$)";

/** Leaves the pods that show what fails, by an expression, beside what is safe, by another, which is shown but not looked at. */
export function failsBeside(safe: string, failing: string): string {
  return ` | awk '{ left = $0 } { gsub(/${safe}/, "", left) } left ~ /${failing}/'`;
}

const MOUNTS =
  "HOSTPATHS:.spec.volumes[*].hostPath.path,CLAIMS:.spec.volumes[*].persistentVolumeClaim.claimName,VOLUMES:.spec.volumes[*].ephemeral.volumeClaimTemplate.spec.volumeName";
/** A command that shows the pods that may hold a directory of their node, by themselves, by a claim or by the name of a volume, and what volumes hold. */
export const HOST_DIRECTORIES = `kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,${MOUNTS}' | grep -vE '(<none> +){2}<none>$'; kubectl get pv -o custom-columns='NAME:.metadata.name,CLAIM:.spec.claimRef.name,HOSTPATH:.spec.hostPath.path,LOCAL:.spec.local.path'`;

/** A command that shows the pods whose spec has a switch on, one a line. */
export function podsCommand(field: string): string {
  return `kubectl get pods -A -o jsonpath='{range .items[?(@.spec.${field}==true)]}{.metadata.namespace}/{.metadata.name}{"\\n"}${END}`;
}

/**
 * A command that shows fields of every container, one pod a line: `name=value`, and nothing after the sign where it is not set.
 * Columns would show the values that are set, without telling whose they are. `ofPod` goes first, by the names to show.
 */
export function containersCommand(
  field: string | readonly string[],
  ofPod: Readonly<Record<string, string>> = {},
  places: readonly Place[] = CONTAINER_LISTS,
): string {
  const shown = [field].flat().map((path) => `{${path}}`);
  const own = Object.entries(ofPod).map(([name, path]) => ` ${name}={${path}}`);
  const each = places.map((place) => `{range .spec.${toSelector(place)}} {.name}=${shown.join(",")}{end}`);
  return `${START}{.metadata.namespace}/{.metadata.name}${own.join("")}${each.join("")}{"\\n"}${END}`;
}
