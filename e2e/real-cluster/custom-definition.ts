import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import type { ServedResource } from "@/lib/demo/served-resource";
import { record } from "@/lib/model/json";
import { manifest, type Manifest } from "../world/manifest";

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
