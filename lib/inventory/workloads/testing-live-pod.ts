import { type JsonRecord, record } from "../../model/json";

/** A live pod of a DaemonSet or StatefulSet of the same part, on a node, that is ready or not. */
export function podOf(owner: JsonRecord, node: string, ready: "True" | "False"): JsonRecord {
  const { metadata, spec } = record(owner);
  const template = record(record(spec).template);
  const { name, namespace } = record(metadata);
  const ownerReferences = [{ apiVersion: owner.apiVersion, kind: owner.kind, name, uid: "1", controller: true }];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...record(template.metadata), name: `${String(name)}-${node}`, namespace, ownerReferences },
    spec: { ...record(template.spec), nodeName: node },
    status: { phase: "Running", conditions: [{ type: "Ready", status: ready }] },
  };
}
