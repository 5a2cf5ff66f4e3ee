import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

const OWNER = '"kind":"Deployment"';
const SCALED_DOWN = '"spec":{"replicas":0,';
const STATUS = '"status":{';

/**
 * True for an old revision that a Deployment keeps for undoing: never a root, without pods, and most of all ReplicaSets.
 * Quotes inside strings are escaped, so these texts can only be fields; when in doubt the object is parsed and judged later.
 */
export function isRevisionHistory(json: Buffer): boolean {
  if (!json.includes(SCALED_DOWN) || !json.includes(OWNER)) return false;
  const status = json.lastIndexOf(STATUS);
  return status >= 0 && /"replicas":0[,}]/.test(json.toString("latin1", status));
}

export const replicaSetsCollector = defineCollector({
  id: "replica-sets",
  isBulk: true,
  withoutManagers: true,
  isSkipped: isRevisionHistory,
  kinds: kindsOf("apps", ["v1"], [["replicasets", "ReplicaSet"]]),
});
