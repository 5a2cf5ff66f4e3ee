import { type JsonRecord, dig, isRecord, list, record, text, textMap } from "../../model/json";
import { mapped, present, toContainerShape } from "./container-shape";
import { stripInjectedToken } from "./injected-token";
import { redactAnnotations } from "../secrets/redact";

/** A pod spec reduced to what controls read, so that pods of one template have one shape. */
export interface PodShape {
  /** JSON of `{spec, annotations}` without the injected token and without node affinity; equal text = equal shape. */
  readonly text: string;
  /** The API token that admission injects is there, in every container. */
  readonly hasToken: boolean;
  /** JSON of `affinity`, "" when there is none that controls read. */
  readonly affinity: string;
}

/** What networks and kubelets write on a pod that was made: each has its own. */
const PER_POD_ANNOTATION =
  /^(?:kubernetes\.io\/config\.|cni\.projectcalico\.org\/|k8s\.v1\.cni\.cncf\.io\/networks?-status$|k8s\.ovn\.org\/|vpc\.amazonaws\.com\/pod-)/;

const ANNOTATION_PREFIXES = [
  "container.apparmor.security.beta.kubernetes.io/",
  "container.seccomp.security.alpha.kubernetes.io/",
  "seccomp.security.alpha.kubernetes.io/",
  "concentric.dev/",
];

function isCompared(annotation: string): boolean {
  return ANNOTATION_PREFIXES.some((prefix) => annotation.startsWith(prefix));
}

function keptAnnotations(metadata: JsonRecord): unknown {
  const kept = Object.entries(textMap(metadata.annotations)).filter(([key]) => isCompared(key));
  return present(Object.fromEntries(kept.sort(([left], [right]) => (left < right ? -1 : 1))));
}

/** Annotations of a live pod that the next one of its owner has as well. */
export function lastingAnnotations(metadata: JsonRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(textMap(metadata.annotations)).filter(([key]) => !PER_POD_ANNOTATION.test(key)));
}

/** What a live pod is annotated with: of what was compared, as it says itself, of the rest, as its template does. */
export function completeAnnotations(own: Readonly<Record<string, string>>, template: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...Object.fromEntries(Object.entries(template).filter(([key]) => !isCompared(key))), ...own };
}

/** The API server and controllers add tolerations of this family by themselves. */
function isForeignToleration(item: unknown): boolean {
  return !(isRecord(item) && (text(item.key) ?? "").startsWith("node.kubernetes.io/"));
}

function withoutDefaultMode(source: unknown): unknown {
  if (!isRecord(source)) return source;
  const { defaultMode, ...rest } = source;
  return defaultMode === 420 ? rest : source;
}

/** A volume that a StatefulSet made of its claim templates: no template of a pod spec shows it, and each pod has its own. */
function isOwnClaim(volume: unknown, podName: string): boolean {
  if (podName === "" || !isRecord(volume)) return false;
  return dig(volume, "persistentVolumeClaim", "claimName") === `${String(volume.name)}-${podName}`;
}

function toVolume(volume: JsonRecord): JsonRecord {
  if (isRecord(volume.hostPath)) return { ...volume, hostPath: { ...volume.hostPath, type: present(volume.hostPath.type, "") } };
  const rest: Record<string, unknown> = { ...volume };
  for (const name of ["configMap", "secret", "projected", "downwardAPI"]) if (name in rest) rest[name] = withoutDefaultMode(rest[name]);
  return rest;
}

function toAffinity(spec: JsonRecord): string {
  const required = dig(spec, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  if (!isRecord(required)) return "";
  const terms = list(required.nodeSelectorTerms);
  // A DaemonSet's pods are pinned to their node by one field match in place of what the template says.
  if (terms.length > 0 && terms.every((term) => isRecord(term) && !("matchExpressions" in term) && "matchFields" in term)) return "";
  return JSON.stringify({ nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } });
}

function reduce(spec: JsonRecord, podName: string): JsonRecord {
  const isHostNetwork = spec.hostNetwork === true;
  const toContainer = (container: JsonRecord) => toContainerShape(container, isHostNetwork);
  const tolerations = Array.isArray(spec.tolerations) ? spec.tolerations.filter(isForeignToleration) : spec.tolerations;
  const volumes = Array.isArray(spec.volumes) ? spec.volumes.filter((volume) => !isOwnClaim(volume, podName)) : spec.volumes;
  return {
    serviceAccountName: text(spec.serviceAccountName) || text(spec.serviceAccount) || "default",
    automountServiceAccountToken: spec.automountServiceAccountToken,
    hostNetwork: present(spec.hostNetwork, false),
    hostPID: present(spec.hostPID, false),
    hostIPC: present(spec.hostIPC, false),
    hostUsers: spec.hostUsers,
    shareProcessNamespace: present(spec.shareProcessNamespace, false),
    os: present(spec.os),
    resources: present(spec.resources),
    securityContext: present(spec.securityContext),
    nodeSelector: present(spec.nodeSelector),
    tolerations: present(tolerations),
    runtimeClassName: spec.runtimeClassName,
    dnsPolicy: present(spec.dnsPolicy, "ClusterFirst"),
    hostAliases: present(spec.hostAliases),
    volumes: mapped(volumes, toVolume),
    initContainers: mapped(spec.initContainers, toContainer),
    containers: mapped(spec.containers, toContainer),
    ephemeralContainers: mapped(spec.ephemeralContainers, toContainer),
  };
}

/** Reduces a pod spec; `podName` is "" for templates. */
export function toPodShape(metadata: JsonRecord, wholeSpec: JsonRecord, podName: string): PodShape {
  const { spec, hasToken } = stripInjectedToken(wholeSpec);
  return { text: JSON.stringify({ spec: reduce(spec, podName), annotations: keptAnnotations(metadata) }), hasToken, affinity: toAffinity(spec) };
}

/** What the API server adds to every pod that does not say otherwise. */
function isDefaultToleration({ key, effect, tolerationSeconds }: JsonRecord): boolean {
  return (key === "node.kubernetes.io/not-ready" || key === "node.kubernetes.io/unreachable") && effect === "NoExecute" && tolerationSeconds === 300;
}

/** Without the one field match that pins a pod of a DaemonSet to its node. */
function lastingAffinity(spec: JsonRecord): unknown {
  if (toAffinity(spec) !== "" || !isRecord(spec.affinity)) return spec.affinity;
  const { nodeAffinity, ...others } = spec.affinity;
  const { requiredDuringSchedulingIgnoredDuringExecution: _pinned, ...preferred } = record(nodeAffinity);
  return present({ ...others, ...(Object.keys(preferred).length > 0 && { nodeAffinity: preferred }) });
}

/** A live pod's spec as the template that it stands for: without its node, what its owner gave to it alone, and what the server adds by itself. */
export function toTemplateSpec(pod: JsonRecord, podName: string): JsonRecord {
  const { nodeName: _node, hostname, ...spec } = pod;
  const { volumes, tolerations } = spec;
  const lasting = {
    ...spec,
    hostname: hostname === podName ? undefined : hostname,
    affinity: lastingAffinity(spec),
    volumes: Array.isArray(volumes) ? volumes.filter((volume) => !isOwnClaim(volume, podName)) : volumes,
    tolerations: Array.isArray(tolerations) ? tolerations.filter((item) => !(isRecord(item) && isDefaultToleration(item))) : tolerations,
  };
  return Object.fromEntries(Object.entries(lasting).filter(([, value]) => value !== undefined));
}

/** The pod spec and annotations of a shape's text, as plain objects; the annotations without credentials. */
export function readShapeText(shapeText: string): { readonly spec: JsonRecord; readonly annotations: Readonly<Record<string, string>> } {
  const parsed: unknown = JSON.parse(shapeText);
  return { spec: record(record(parsed).spec), annotations: textMap(redactAnnotations(record(parsed).annotations)) };
}
