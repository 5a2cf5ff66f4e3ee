import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import type { ServedResource } from "@/lib/demo/served-resource";
import { discover } from "@/lib/kube/discover";
import type { KubeConnection } from "@/lib/kube/kube-connection";
import { record } from "@/lib/model/json";
import { manifest, type Manifest } from "../world/manifest";
import { waitUntil } from "./wait-until";

/** The kind of an object that a server does not serve by itself; null = it does. */
export function findCustomKind(object: Manifest): ServedResource | null {
  const [group = "", version = ""] = String(object.apiVersion).split("/");
  const kind = String(object.kind);
  if (version === "" || BUILT_IN_RESOURCES.some((known) => known.group === group && known.kind === kind)) return null;
  const collected = ALL_COLLECTORS.flatMap(({ kinds }) => kinds).find((candidate) => candidate.group === group && candidate.kind === kind);
  return { group, version, plural: collected?.resource ?? kind.toLowerCase(), kind, namespaced: record(object.metadata).namespace !== undefined };
}

/** The least that makes a server serve the kind; its objects may have any content. */
export function toDefinition({ group, version, plural, kind, namespaced }: ServedResource): Manifest {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  const spec = {
    group,
    scope: namespaced ? "Namespaced" : "Cluster",
    names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [{ name: version, served: true, storage: true, schema }],
  };
  // Groups of kubernetes.io are protected: the annotation says that this is no official kind.
  const annotations = { "api-approved.kubernetes.io": "unapproved, for tests only" };
  return manifest("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, `${plural}.${group}`, { spec }, { annotations });
}

/**
 * Waits until a scan would find the kind, or would find nothing of it: a server begins and ceases to serve a kind before it says so, and still
 * has the group among its APIServices when it has nothing of it any more.
 */
export async function waitForDiscovery(connection: KubeConnection, { group, plural }: ServedResource, isServed: boolean): Promise<void> {
  await waitUntil(`${plural} of ${group} to be ${isServed ? "discovered" : "forgotten"}`, async () => {
    const { kinds, faults } = await discover(connection, new Set([group]));
    return !faults.has(group) && !faults.has("*") && kinds.some(({ resource }) => resource === plural) === isServed;
  });
}
