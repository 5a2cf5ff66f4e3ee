import type { Answer, Reason } from "../reason";
import type { ResourceRef } from "../../model/resource-ref";

export function decide(allowed: boolean | null, message: string, object?: ResourceRef, path?: string): Answer {
  const reason: Reason = { message, ...(object && { object }), ...(path !== undefined && { path }) };
  return { allowed, because: [reason] };
}
