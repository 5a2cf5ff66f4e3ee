import type { Answer, Reason } from "../reason";
import type { ResourceRef } from "../../model/resource-ref";

export function decide(allowed: boolean | null, message: string, object?: ResourceRef, path?: string): Answer {
  const reason: Reason = { message, ...(object && { object }), ...(path !== undefined && { path }) };
  return { allowed, because: [reason] };
}

/** What holds as long as no other policy says otherwise. */
export function decideByAbsence(allowed: boolean, message: string, object?: ResourceRef): Answer {
  return { ...decide(allowed, message, object), isByAbsence: true };
}
