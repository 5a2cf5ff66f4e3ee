import { z } from "zod";
import { COVERAGE_STATUSES } from "../model/coverage";
import { LAYERS } from "../model/layer";
import { SEVERITIES } from "../model/severity";
import { SCOPES } from "../model/verdict";

/** In a browser no text becomes code (Content-Security-Policy): a contract that only tries to is an error in its console. */
if (typeof document !== "undefined") z.config({ jitless: true });

/** The words that several contracts share. */
export const layerSchema = z.enum(LAYERS);
export const severitySchema = z.enum(SEVERITIES);
export const scopeSchema = z.enum(SCOPES);
export const coverageStatusSchema = z.enum(COVERAGE_STATUSES);
export const instantSchema = z.iso.datetime().describe("UTC instant");

export const resourceRefSchema = z.object({ apiVersion: z.string(), kind: z.string(), namespace: z.string().nullable(), name: z.string() });

export const evidenceSchema = z.object({
  path: z.string(),
  value: z.string().nullable(),
  message: z.string(),
  container: z.string().optional(),
  check: z.string().optional(),
  source: z.enum(["template", "runtime"]).optional(),
  severity: severitySchema.optional(),
  object: resourceRefSchema.optional(),
});

/** Several values of one parameter come as a comma-separated list. */
export const listOf = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .transform((value) => value.split(",").filter(Boolean))
    .pipe(z.array(item))
    .optional();

/** Open findings by severity, worst first. */
export const severityCountsSchema = z.object({
  critical: z.number().int(),
  high: z.number().int(),
  medium: z.number().int(),
  low: z.number().int(),
  info: z.number().int(),
});
export type SeverityCounts = z.infer<typeof severityCountsSchema>;

/** The snapshot that a page shows, and the one that its deltas are measured from. */
export const snapshotStampSchema = z.object({ seq: z.number().int(), takenAt: instantSchema });
export type SnapshotStamp = z.infer<typeof snapshotStampSchema>;

export const momentSchema = z.object({
  at: snapshotStampSchema.nullable().describe("null before the first snapshot"),
  isNow: z.boolean(),
  since: snapshotStampSchema.nullable(),
});
export type Moment = z.infer<typeof momentSchema>;

const NO_SNAPSHOT_NUMBER = "a snapshot number is a whole number, such as 12";
/** As large as the database counts them. */
const NEWEST_POSSIBLE = 2_147_483_647;

/** In digits alone, as the browser reads the address: of "1e2" or "0x10" it would take another number, or none. */
export const snapshotNumberSchema = z.preprocess(
  (value) => (typeof value === "string" && /^[1-9]\d*$/.test(value) ? Number(value) : value),
  z.int(NO_SNAPSHOT_NUMBER).positive(NO_SNAPSHOT_NUMBER).max(NEWEST_POSSIBLE, NO_SNAPSHOT_NUMBER),
);

/** Query parameters of every read: which snapshot, and since when. Both are snapshot sequence numbers. */
export const momentQuerySchema = z.strictObject({ at: snapshotNumberSchema.optional(), since: snapshotNumberSchema.optional() });
export type MomentQuery = z.infer<typeof momentQuerySchema>;

/** Of every list that comes in pages, as of a moment. */
export const pageQuerySchema = momentQuerySchema.extend({
  order: z.enum(["asc", "desc"]).optional(),
  cursor: z.string().max(500).optional().describe("`nextCursor` of the page before; goes on in that page's snapshot, also after a newer scan"),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

/** A clause of a framework that a control decides: as people know both, and where it is. */
export const namedClauseSchema = z.object({ framework: z.string(), clause: z.string(), key: z.string(), id: z.string() });
