import { type JsonRecord, list, record, records, texts } from "../../model/json";
import { OF_LIBRARY } from "./gatekeeper-templates";
import type { KubeObject } from "../kube-object";

const hasAll = (value: unknown): boolean => texts(value).includes("*");

/** The rules of Gatekeeper's library on users and groups; one that is left out lets any in. */
const OF_USERS = ["runAsUser", "runAsGroup", "supplementalGroups", "fsGroup"] as const;

const LAST_PORT = 65_535;

/** Kinds of constraints, of Gatekeeper's library and of the initiatives of Azure Policy, and when their parameters leave nothing to refuse. */
const OPEN: readonly { readonly kind: RegExp; readonly isOpen: (parameters: JsonRecord) => boolean }[] = [
  { kind: /VolumeTypes$/, isOpen: ({ volumes }) => hasAll(volumes) },
  {
    kind: /Capabilities$/,
    isOpen: ({ allowedCapabilities, requiredDropCapabilities }) => hasAll(allowedCapabilities) && list(requiredDropCapabilities).length === 0,
  },
  { kind: /Seccomp(?:V2)?$/, isOpen: ({ allowedProfiles }) => hasAll(allowedProfiles) },
  { kind: /AllowedUsers(?:Groups)?$/, isOpen: (parameters) => OF_USERS.every((field) => (record(parameters[field]).rule ?? "RunAsAny") === "RunAsAny") },
  {
    kind: /HostNetworkingPorts$/,
    isOpen: ({ hostNetwork, allowHostNetwork, min, minPort, max, maxPort }) =>
      (hostNetwork ?? allowHostNetwork) === true && Number(min ?? minPort ?? 0) <= 0 && Number(max ?? maxPort ?? LAST_PORT) >= LAST_PORT,
  },
  {
    kind: /HostFilesystem$/,
    isOpen: ({ allowedHostPaths }) =>
      [...records(allowedHostPaths), ...records(record(allowedHostPaths).paths)].some(({ pathPrefix, readOnly }) => pathPrefix === "/" && readOnly !== true),
  },
  {
    kind: /ForbiddenSysctls$/,
    isOpen: ({ forbiddenSysctls, allowedSysctls }) => list(forbiddenSysctls).length === 0 && (allowedSysctls === undefined || hasAll(allowedSysctls)),
  },
];

/** Whether a constraint is of a known kind, and its parameters allow everything. */
export function allowsAll({ ref, body }: Pick<KubeObject, "ref" | "body">): boolean {
  const parameters = record(record(body.spec).parameters);
  return OF_LIBRARY.test(ref.kind) && OPEN.some(({ kind, isOpen }) => kind.test(ref.kind) && isOpen(parameters));
}
