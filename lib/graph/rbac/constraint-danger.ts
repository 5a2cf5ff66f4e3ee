import { type JsonRecord, record, texts } from "../../model/json";
import type { Severity } from "../../model/severity";

/** How bad it is who may have what security context constraints of OpenShift allow, and one part of a sentence for it: "lets pods ...". */
export interface ConstraintDanger {
  readonly severity: Severity;
  readonly lets: string;
}

const HOST_PARTS = ["allowHostNetwork", "allowHostPorts", "allowHostPID", "allowHostIPC"] as const;
/** With each of them a container that is root takes over its node. */
const TAKING = new Set(["*", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF"]);

function mayBeRoot({ type, uid, uidRangeMin }: JsonRecord): boolean {
  return type === "RunAsAny" || (type === "MustRunAs" && uid === 0) || (type === "MustRunAsRange" && uidRangeMin === 0);
}

/** Null = what they allow takes nobody to the node, nor makes anybody root outside of a user namespace. */
export function findConstraintDanger(constraints: JsonRecord): ConstraintDanger | null {
  if (constraints.allowPrivilegedContainer === true) return { severity: "high", lets: "run privileged" };
  // The API server makes the list of volumes follow this field.
  if (constraints.allowHostDirVolumePlugin === true) return { severity: "high", lets: "mount paths of their node" };
  const isApart = constraints.userNamespaceLevel === "RequirePodLevel";
  const capabilities = [...texts(constraints.allowedCapabilities), ...texts(constraints.defaultAddCapabilities)];
  const taken = capabilities.find((name) => TAKING.has(name.replace(/^CAP_/, "")));
  if (taken !== undefined && !isApart) return { severity: "high", lets: `have ${taken === "*" ? "every capability" : `the capability ${taken}`}` };
  if (HOST_PARTS.some((name) => constraints[name] === true)) return { severity: "medium", lets: "share parts of their node" };
  return mayBeRoot(record(constraints.runAsUser)) && !isApart ? { severity: "medium", lets: "run as root" } : null;
}
