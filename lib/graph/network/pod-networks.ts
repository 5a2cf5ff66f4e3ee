import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import type { UnreadKind } from "../../inventory/slices";
import { defineView } from "../../inventory/view";
import { type JsonRecord, list, record, records, text } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import type { Reason } from "../reason";
import { labelsOf, NAME_LABEL, namespaceLabelsView } from "./namespace-labels";
import { sayUnread } from "./policy-gaps";

/** The network that the traffic of a pod goes through, where it is not the one that the cluster has for all. */
export interface PodNetwork {
  /** The same for every namespace that shares it; null = it cannot be told. */
  readonly key: string | null;
  readonly object: ResourceRef;
  readonly message: string;
}

/** Primary networks of namespaces, as OVN-Kubernetes gives them. */
export interface PodNetworks {
  /** What lets some of these networks talk to each other, or may, if anything does. */
  readonly connect: Reason | null;
  /** undefined = its pods are in the network of the cluster. */
  readonly networkOf: (namespace: string) => PodNetwork | undefined;
}

const LABEL = "k8s.ovn.org/primary-user-defined-network";

interface Primary {
  readonly object: KubeObject;
  readonly key: string;
  /** What namespaces must be; a name = that one only. */
  readonly namespaces: string | JsonRecord;
}

function isPrimary(network: JsonRecord): boolean {
  return [network.layer2, network.layer3].some((layer) => record(layer).role === "Primary");
}

function parse(source: unknown): JsonRecord {
  try {
    return record(JSON.parse(text(source) ?? ""));
  } catch {
    return {};
  }
}

/** Null = the object makes no primary network. */
function toPrimary(object: KubeObject): Primary | null {
  const { kind, namespace, name } = object.ref;
  const spec = record(object.body.spec);
  const own = namespace ?? "";
  if (kind === "UserDefinedNetwork") return isPrimary(spec) ? { object, key: `${own}/${name}`, namespaces: own } : null;
  if (kind === "ClusterUserDefinedNetwork") return isPrimary(record(spec.network)) ? { object, key: name, namespaces: record(spec.namespaceSelector) } : null;
  if (kind !== "NetworkAttachmentDefinition") return null;
  // Those that a network of the other kinds has made say what it says.
  if (records(record(object.body.metadata).ownerReferences).some((owner) => String(owner.kind).endsWith("UserDefinedNetwork"))) return null;
  const config = parse(spec.config);
  return text(config.role)?.toLowerCase() === "primary" ? { object, key: `attached ${text(config.name) ?? `${own}/${name}`}`, namespaces: own } : null;
}

/** Of a namespace that is not in the set only its name is known: the rest of a selector may hold. */
function mayHold(selector: JsonRecord, labels: Readonly<Record<string, string>>, isKnown: boolean): boolean {
  if (isKnown) return matchesSelector(selector, labels);
  const matchLabels = Object.fromEntries(Object.entries(record(selector.matchLabels)).filter(([key]) => key === NAME_LABEL));
  return matchesSelector({ matchLabels, matchExpressions: list(selector.matchExpressions).filter((one) => record(one).key === NAME_LABEL) }, labels);
}

function toConnect(objects: readonly KubeObject[], unread: readonly UnreadKind[]): Reason | null {
  const found = objects.find(({ ref }) => ref.kind === "ClusterNetworkConnect")?.ref;
  if (found) return { message: `ClusterNetworkConnect ${found.name} may connect it to others.`, object: found };
  const gap = sayUnread(unread.filter(({ kind }) => kind === "ClusterNetworkConnect"));
  return gap === null ? null : { message: gap };
}

function toPodNetworks(
  objects: readonly KubeObject[],
  unread: readonly UnreadKind[],
  namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
): PodNetworks {
  const gap = sayUnread(unread.filter(({ kind }) => kind !== "ClusterNetworkConnect"));
  const primaries = objects.flatMap((object) => toPrimary(object) ?? []);
  const known = new Map<string, PodNetwork | undefined>();
  const find = (namespace: string): PodNetwork | undefined => {
    const labels = namespaces.get(namespace);
    const holds = ({ namespaces: wanted }: Primary) =>
      typeof wanted === "string" ? wanted === namespace : mayHold(wanted, labelsOf(namespaces, namespace), labels !== undefined);
    const found = primaries.filter(holds);
    const [first] = found;
    const ref = { apiVersion: "v1", kind: "Namespace", namespace: null, name: namespace };
    if (labels && labels[LABEL] === undefined) return undefined;
    if (gap !== null) return { key: null, object: ref, message: `Namespace ${namespace} may be in a network of its own. ${gap}` };
    if (!first) return labels && { key: null, object: ref, message: `Namespace ${namespace} waits for a primary network, and none is among these objects.` };
    const object = first.object.ref;
    const name = `${object.kind} ${object.name}`;
    if (!labels)
      return { key: null, object, message: `${name} may be the primary network of namespace ${namespace}, whose labels are not among these objects.` };
    if (found.some(({ key }) => key !== first.key)) return { key: null, object, message: `Namespace ${namespace} is given more than one primary network.` };
    return { key: first.key, object, message: `${name} is the primary network of namespace ${namespace}` };
  };
  return {
    connect: toConnect(objects, unread),
    networkOf: (namespace) => {
      if (!known.has(namespace)) known.set(namespace, find(namespace));
      return known.get(namespace);
    },
  };
}

export const podNetworksView = defineView({
  reads: ["namespaces", "podNetworks"],
  compute: (context): PodNetworks => toPodNetworks(context.slices.podNetworks, context.listUnread("podNetworks"), context.view(namespaceLabelsView)),
});
