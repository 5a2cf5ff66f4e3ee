import type { ContainerSettings } from "@/lib/contracts/resources";
import { findControl } from "@/lib/controls/registry";
import { dig, type JsonRecord, list, record, records, text } from "@/lib/model/json";
import { type Severity, worstSeverity } from "@/lib/model/severity";
import { type Evidence, isRestOfEvidence } from "@/lib/model/verdict";
import type { StoredState } from "@/lib/store/commit/commit-input";
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

/** What a control said of the object, as far as a cell needs it. */
export interface Judged {
  readonly controlId: string;
  readonly state: StoredState;
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

/** What was asked of the object. */
export interface Asked {
  /** Whether a control was judged in this cluster at all. */
  readonly isInForce: (control: string) => boolean;
  /** Controls that do not fail of it: it meets them, or another one tells of what they ask. Empty of what is gone. */
  readonly held: ReadonlySet<string>;
}

interface Mark {
  readonly severity: Severity | null;
  readonly isTold: boolean;
}

/**
 * The worst failure by the name of a container: of those that name it, or the pod as a whole. Where evidence was cut, or a control could not be
 * asked, is switched off or does not apply, nobody can tell of the containers that are not named.
 */
function markOf({ controls }: Setting, judged: readonly Judged[], { isInForce, held }: Asked): (name: string) => Mark {
  const own = judged.filter(({ controlId }) => controls.includes(controlId));
  const failing = own.filter(({ state }) => state === "fail");
  const hits = failing.flatMap(({ severity, evidence }) =>
    evidence.filter((entry) => !isRestOfEvidence(entry)).map((entry) => ({ container: entry.container, severity: entry.severity ?? severity })),
  );
  const isWhole = own.every(({ state }) => state !== "unknown") && failing.every(({ evidence }) => !evidence.some(isRestOfEvidence));
  const isTold = isWhole && controls.every(isInForce) && (failing.length > 0 || controls.some((id) => held.has(id)));
  const byContainer = Map.groupBy(hits, (hit) => hit.container);
  const worst = new Map([...byContainer].map(([container, named]) => [container, worstSeverity(named.map((hit) => hit.severity))]));
  const ofPod = worst.get(undefined);
  return (name) => {
    const severity = worstSeverity([ofPod, worst.get(name)].filter((known) => known !== undefined)) ?? null;
    return { severity, isTold: isTold || severity !== null };
  };
}

/** The settings in effect of every container, each beside what should hold. Null without a pod spec. */
export function listContainerSettings(manifest: unknown, judged: readonly Judged[], asked: Asked): ContainerSettings | null {
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
    const mark = markOf(setting, judged, asked);
    const cells = containers.map(({ body }) => ({
      value: effective(setting, body, pod),
      ...mark(text(body.name) ?? ""),
      isCovered: COVERED.has(setting.name) && dig(body, "securityContext", "privileged") === true,
    }));
    return [{ setting: setting.name, control: control.id, shouldHold: control.title, cells }];
  });
  return { containers: containers.map(({ body, role }) => ({ name: text(body.name) ?? "", role, image: text(body.image) ?? "" })), rows };
}
