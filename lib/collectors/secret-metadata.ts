import "server-only";
import { listPages } from "@/lib/kube/list-pages";
import { type JsonRecord, record, text } from "@/lib/model/json";
import { type OptInMeans, type OptInReader, type OptInReading, toFaultReading } from "./opt-in-reader";

const GRANT = "deploy/opt-in-secret-metadata.yaml";
const PATH = "/api/v1/secrets";
/** The server leaves data out of such lists: it never leaves the cluster. */
const METADATA_ONLY = { accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1", listKind: "PartialObjectMetadataList" };

/** The type is no metadata, so each one that controls ask for is a list of its own. */
const TYPES = [
  "Opaque",
  "kubernetes.io/tls",
  "kubernetes.io/dockerconfigjson",
  "kubernetes.io/dockercfg",
  "kubernetes.io/basic-auth",
  "kubernetes.io/ssh-auth",
  "kubernetes.io/service-account-token",
  "bootstrap.kubernetes.io/token",
];
const OTHER_TYPE = "another type";
/** Annotations can hold the whole Secret, as `kubectl apply` writes it: only this one is kept. */
const KEPT_ANNOTATION = "kubernetes.io/service-account.name";

function toKept(item: JsonRecord, type: string): JsonRecord {
  const { name, namespace, uid, creationTimestamp, labels, ownerReferences, annotations } = record(item.metadata);
  const account = text(record(annotations)[KEPT_ANNOTATION]);
  const metadata = { name, namespace, uid, creationTimestamp, labels, ownerReferences, ...(account && { annotations: { [KEPT_ANNOTATION]: account } }) };
  return { apiVersion: "v1", kind: "Secret", type, metadata: Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined)) };
}

async function read({ connection, add, signal }: OptInMeans): Promise<OptInReading> {
  const lists = [
    ...TYPES.map((type) => ({ type, fieldSelector: `type=${type}` })),
    { type: OTHER_TYPE, fieldSelector: TYPES.map((type) => `type!=${type}`).join(",") },
  ];
  let objects = 0;
  for (const { type, fieldSelector } of lists) {
    const result = await listPages(connection, {
      path: PATH,
      fieldSelector,
      as: METADATA_ONLY,
      withoutManagers: true,
      ...(signal && { signal }),
      onItem: (item) => add(toKept(item, type)),
    });
    if (!result.ok) return toFaultReading(result.fault, GRANT);
    objects += result.objects;
  }
  return { status: "read", objects, isUsable: true };
}

/** Names, types, labels and ages of Secrets, without what they hold. */
export const secretMetadataReader: OptInReader = {
  source: "secret-metadata",
  kind: { group: "", version: "v1", resource: "secrets", kind: "Secret" },
  off: "Secrets are not listed unless somebody asks for it: whoever may list them can read them.",
  on: `Nothing, or switch on Secret metadata in the settings of this cluster and apply ${GRANT}.`,
  grant: GRANT,
  read,
};
