import type { ContainerSettings } from "@/lib/contracts/resources";
import { findControl } from "@/lib/controls/registry";
import { dig, type JsonRecord, list, record, records, text } from "@/lib/model/json";
import { type Severity, worstSeverity } from "@/lib/model/severity";
import type { Evidence } from "@/lib/model/verdict";
import { podSpecOf } from "./list-resource-facts";

interface Setting {
  readonly name: string;
  /** Below the container. */
  readonly path: readonly string[];
  /** The pod's security context holds for containers that say nothing. */
  readonly isInherited: boolean;
  /** The first one known is the row's good state; a failure of any of them marks the cell. */
  readonly controls: readonly string[];
}

/** What a privileged container has whatever these say. */
const COVERED: ReadonlySet<string> = new Set(["allowPrivilegeEscalation", "capabilities.add", "capabilities.drop", "seccompProfile"]);

const SETTINGS: readonly Setting[] = [
  { name: "privileged", path: ["securityContext", "privileged"], isInherited: false, controls: ["container-privileged"] },
  { name: "runAsNonRoot", path: ["securityContext", "runAsNonRoot"], isInherited: true, controls: ["run-as-non-root", "run-as-root-uid"] },
  { name: "allowPrivilegeEscalation", path: ["securityContext", "allowPrivilegeEscalation"], isInherited: false, controls: ["privilege-escalation-allowed"] },
  {
    name: "capabilities.add",
    path: ["securityContext", "capabilities", "add"],
    isInherited: false,
    controls: ["capabilities-beyond-baseline", "capabilities-dangerous"],
  },
  {
    name: "capabilities.drop",
    path: ["securityContext", "capabilities", "drop"],
    isInherited: false,
    controls: ["capabilities-not-dropped", "net-raw-retained"],
  },
  { name: "readOnlyRootFilesystem", path: ["securityContext", "readOnlyRootFilesystem"], isInherited: false, controls: ["root-fs-writable"] },
  { name: "seccompProfile", path: ["securityContext", "seccompProfile", "type"], isInherited: true, controls: ["seccomp-not-set", "seccomp-unconfined"] },
  { name: "resources.limits.memory", path: ["resources", "limits", "memory"], isInherited: false, controls: ["resource-limits-missing"] },
];

/** A failure as far as a cell needs it. */
export interface Failure {
  readonly controlId: string;
  readonly severity: Severity;
  readonly evidence: readonly Evidence[];
}

function show(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(String).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function effective(setting: Setting, container: JsonRecord, pod: JsonRecord): string {
  const own = dig(container, ...setting.path);
  if (own !== undefined && own !== null) return show(own);
  const inherited = setting.isInherited ? dig(pod, ...setting.path) : undefined;
  return inherited === undefined || inherited === null ? "not set" : `${show(inherited)} (pod)`;
}

/** The worst failure by the name of a container: of those that name it, or the pod as a whole. */
function failureOf(setting: Setting, failing: readonly Failure[]): (name: string) => Severity | null {
  const hits = failing
    .filter(({ controlId }) => setting.controls.includes(controlId))
    .flatMap(({ severity, evidence }) => evidence.map((entry) => ({ container: entry.container, severity: entry.severity ?? severity })));
  const byContainer = Map.groupBy(hits, (hit) => hit.container);
  const worst = new Map([...byContainer].map(([container, own]) => [container, worstSeverity(own.map((hit) => hit.severity))]));
  const ofPod = worst.get(undefined);
  return (name) => worstSeverity([ofPod, worst.get(name)].filter((severity) => severity !== undefined)) ?? null;
}

/** The settings in effect of every container, each beside what should hold. Null without a pod spec. */
export function listContainerSettings(manifest: unknown, failing: readonly Failure[]): ContainerSettings | null {
  const pod = record(podSpecOf(manifest));
  const init = records(pod.initContainers);
  const containers = [
    ...records(pod.containers).map((body) => ({ body, role: "container" as const })),
    ...init.map((body) => ({ body, role: text(body.restartPolicy) === "Always" ? ("sidecar" as const) : ("init" as const) })),
  ];
  if (containers.length === 0) return null;
  const rows = SETTINGS.flatMap((setting) => {
    const control = setting.controls.map((id) => findControl(id)).find((known) => known !== undefined && known !== null);
    if (!control) return [];
    if (setting.name === "capabilities.add" && !containers.some(({ body }) => list(dig(body, ...setting.path)).length > 0)) return [];
    const worstOf = failureOf(setting, failing);
    const cells = containers.map(({ body }) => ({
      value: effective(setting, body, pod),
      severity: worstOf(text(body.name) ?? ""),
      isCovered: COVERED.has(setting.name) && dig(body, "securityContext", "privileged") === true,
    }));
    return [{ setting: setting.name, control: control.id, shouldHold: control.title, cells }];
  });
  return { containers: containers.map(({ body, role }) => ({ name: text(body.name) ?? "", role, image: text(body.image) ?? "" })), rows };
}
