import "server-only";
import { type JsonRecord, record, records } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

/** An old revision that a Deployment keeps for undoing: never a root, and without pods. */
export function isRevisionHistory(body: JsonRecord): boolean {
  const isOwned = records(record(body.metadata).ownerReferences).some((owner) => owner.controller === true && owner.kind === "Deployment");
  return isOwned && record(body.spec).replicas === 0 && (record(body.status).replicas ?? 0) === 0;
}

export const replicaSetsCollector = defineCollector({
  id: "replica-sets",
  isBulk: true,
  kinds: kindsOf("apps", ["v1"], [["replicasets", "ReplicaSet"]]),
  project: (body) => (isRevisionHistory(body) ? null : body),
});
