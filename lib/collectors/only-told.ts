import "server-only";
import { isRecord, type JsonRecord } from "@/lib/model/json";

/** What an object was told; how it went is written anew every few minutes, and nobody asks. */
export function onlyTold({ apiVersion, kind, metadata, spec }: JsonRecord): JsonRecord {
  return { apiVersion, kind, ...(isRecord(metadata) && { metadata }), ...(isRecord(spec) && { spec }) };
}
