import "server-only";
import { type JsonRecord, record } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

/** Who leads, where a ConfigMap is the lock: written anew every few seconds. */
const LEADER = "control-plane.alpha.kubernetes.io/leader";
/** When the cluster autoscaler wrote its report last, into `data.status` of the ConfigMap that bears it: every ten seconds, and with the same date in it. */
const REPORTED = "cluster-autoscaler.kubernetes.io/last-updated";
/** As Go writes it, with what its process's own clock says, and as JSON has it. */
const DATES = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:[\d.]+(?:Z| [+-]\d{4} [A-Z]+)?(?: m=[+-][\d.]+)?/g;

/** Without the dates of a report, and nothing else: anybody may write that annotation, and a credential beside it. */
function withoutDates(data: JsonRecord): JsonRecord {
  return typeof data.status === "string" ? { ...data, status: data.status.replaceAll(DATES, "") } : data;
}

/** Without what programs write into ConfigMaps to say that they are alive: no scan of such a cluster would find it unchanged. */
function withoutSignsOfLife(body: JsonRecord): JsonRecord {
  const metadata = record(body.metadata);
  const { [LEADER]: leader, [REPORTED]: reported, ...annotations } = record(metadata.annotations);
  if (leader === undefined && reported === undefined) return body;
  return {
    ...body,
    metadata: { ...metadata, annotations },
    ...(reported !== undefined && body.data !== undefined && { data: withoutDates(record(body.data)) }),
  };
}

export const configMapsCollector = defineCollector({
  id: "config-maps",
  withoutManagers: true,
  kinds: kindsOf("", ["v1"], [["configmaps", "ConfigMap"]]),
  project: withoutSignsOfLife,
});
