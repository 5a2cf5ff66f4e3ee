import "server-only";
import type { JsonRecord } from "@/lib/model/json";

/** For kinds whose status changes all the time and says nothing about security. */
export function withoutStatus(body: JsonRecord): JsonRecord {
  const { status: _status, ...rest } = body;
  return rest;
}
