import type { PodView } from "../../inventory/workloads/workload";
import type { PatchOp } from "../../model/patch";
import { removeAll, set } from "./ops";

/** What the API refuses in a pod that says it is for Windows. */
const OF_LINUX = {
  pod: ["hostPID", "hostIPC", "hostUsers", "shareProcessNamespace"],
  securityContext: [
    "allowPrivilegeEscalation",
    "appArmorProfile",
    "capabilities",
    "fsGroup",
    "fsGroupChangePolicy",
    "privileged",
    "procMount",
    "readOnlyRootFilesystem",
    "runAsGroup",
    "runAsUser",
    "seLinuxOptions",
    "seccompProfile",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "sysctls",
  ],
} as const;

function placesOf(pod: PodView): readonly { readonly path: string; readonly isThere: boolean }[] {
  return [
    ...OF_LINUX.pod.map((field) => ({ path: pod.at(field), isThere: pod.spec[field] !== undefined })),
    ...[pod, ...pod.containers].flatMap((part) =>
      OF_LINUX.securityContext.map((field) => ({ path: part.at(`securityContext.${field}`), isThere: part.securityContext[field] !== undefined })),
    ),
  ];
}

/** What lets a pod say that it is for Windows, and meet the level of a patch: without the fields that are then refused. */
export function sayWindows(pod: PodView, ops: readonly PatchOp[]): readonly PatchOp[] {
  const places = placesOf(pod);
  const isOfLinux = ({ path }: PatchOp) =>
    places.some((place) => path === place.path || path.startsWith(`${place.path}.`) || path.startsWith(`${place.path}[`));
  const refused = places.filter(({ isThere }) => isThere);
  return [set(pod.at("os"), { name: "windows" }), ...removeAll(refused.map(({ path }) => path)), ...ops.filter((op) => !isOfLinux(op))];
}
