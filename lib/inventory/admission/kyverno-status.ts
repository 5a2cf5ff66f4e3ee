import { record, records } from "../../model/json";
import type { KubeObject } from "../kube-object";

/** Kyverno has written a ValidatingAdmissionPolicy for it, which the API server judges by itself. */
export function isGenerated({ body }: KubeObject): boolean {
  const status = record(body.status);
  return status.generated === true || record(status.validatingadmissionpolicy).generated === true;
}

/** Why Kyverno itself says that a policy is not at work, as part of a sentence; null = it says nothing of that kind. */
export function whyNotReady(object: KubeObject): string | null {
  const status = record(object.body.status);
  const condition = records(status.conditions).find(({ type }) => type === "Ready");
  const isReady = condition ? condition.status !== "False" : (record(status.conditionStatus).ready ?? status.ready) !== false;
  return isReady || isGenerated(object) ? null : "its status says that it is not ready";
}
