import { isRecord, type JsonRecord, records } from "../../model/json";

/** What the spec of a policy of the Gateway API is attached to, by name; older versions name one target, newer ones a list. */
export function targetsOf({ targetRef, targetRefs }: JsonRecord): readonly JsonRecord[] {
  return [...records(targetRefs), ...(isRecord(targetRef) ? [targetRef] : [])];
}
