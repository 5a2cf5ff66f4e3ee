import { type JsonRecord, record, records } from "../../model/json";

const ENDS: readonly unknown[] = ["Complete", "Failed"];

function listEnds(status: JsonRecord): readonly JsonRecord[] {
  if (typeof status.active === "number" && status.active > 0) return [];
  return records(status.conditions).filter((item) => ENDS.includes(item.type) && item.status === "True");
}

/** Whether a Job is over, and will run no pod again. */
export function isFinishedJob(body: JsonRecord): boolean {
  return listEnds(record(body.status)).length > 0;
}

/** Of a Job's status only that it is over, so that it is in a later look at the snapshot too; undefined while it is not. */
export function keepJobEnd(status: unknown): JsonRecord | undefined {
  const [end] = listEnds(record(status));
  return end && { conditions: [{ type: end.type, status: end.status }] };
}
