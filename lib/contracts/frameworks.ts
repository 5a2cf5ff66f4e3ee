import { z } from "zod";
import { CLAUSE_STATES } from "../model/clause-state";
import { reasonsSchema } from "./reasons";
import { instantSchema, listOf, momentQuerySchema, momentSchema, severitySchema } from "./words";

const clauseStateSchema = z.enum(CLAUSE_STATES);

export const frameworkQuery = momentQuerySchema.extend({
  state: listOf(clauseStateSchema).describe("only clauses in these states"),
});
export type FrameworkQuery = z.infer<typeof frameworkQuery>;

/** Verdicts of workload and platform scope together. */
const clauseCountsSchema = z.object({
  judged: z.number().int().describe("pass, failing and waived"),
  stale: z.number().int().describe("of judged, carried from an earlier scan"),
  failing: z.number().int(),
  subsumed: z.number().int().describe("failing under a more specific control"),
  waived: z.number().int(),
  unknown: z.number().int(),
  manual: z.number().int(),
  unasked: z.number().int().describe("controls that the catalogue did not have then, or that are switched off here"),
});

const clauseControlSchema = z.object({
  id: z.string(),
  title: z.string(),
  severity: severitySchema.describe("the worst that fails; the control's own when nothing does"),
  state: clauseStateSchema,
  isSwitchedOff: z.boolean().describe("nothing is known of it, because nobody switched its source on"),
  disabled: z.string().nullable().describe("why this cluster's people had switched it off"),
  counts: clauseCountsSchema,
  unassessed: reasonsSchema.describe("why subjects of both scopes were not assessed"),
});
export type ClauseControl = z.infer<typeof clauseControlSchema>;

const clauseSchema = z.object({
  id: z.string(),
  title: z.string(),
  group: z.string().nullable(),
  gap: z.string().nullable().describe("what it needs that no scan reads, where no control asks about it"),
  rest: z.string().nullable().describe("what its controls leave open: with it, nothing failing is no pass"),
  columns: z.array(z.string()).describe("columns of the matrix that it stands in, by id"),
  state: clauseStateSchema,
  counts: clauseCountsSchema,
  controls: z.array(clauseControlSchema).describe("what fails first"),
});
export type ClauseDto = z.infer<typeof clauseSchema>;

const frameworkSchema = z.object({
  key: z.string(),
  name: z.string(),
  version: z.string().describe("edition that the list follows"),
  about: z.string(),
  asOf: z.string().describe("year and month of the last comparison with the source"),
  source: z.string(),
  leftOut: z.string().nullable(),
  isMeant: z.boolean().nullable().describe("false: a benchmark of another platform, so every clause is not applicable; null: nothing tells"),
  applies: z.string().nullable().describe("whether it is meant for this cluster, in words"),
  columns: z.array(z.object({ id: z.string(), name: z.string() })).describe("of a matrix, in order; empty: it is a list"),
  clauses: z.record(clauseStateSchema, z.number().int()).describe("number of clauses by state"),
});

export const listFrameworksResponse = z.object({
  moment: momentSchema,
  frameworks: z.array(frameworkSchema),
});
export type ListFrameworksResponse = z.infer<typeof listFrameworksResponse>;

export const frameworkResponse = z.object({
  moment: momentSchema,
  framework: frameworkSchema,
  clauses: z.array(clauseSchema),
});
export type FrameworkResponse = z.infer<typeof frameworkResponse>;
export type FrameworkDto = FrameworkResponse["framework"];

export const exportFrameworkQuery = frameworkQuery.extend({ format: z.enum(["csv", "json"]) });

/** One clause as a line of a file: it must be understood without the page that it came from. */
export const exportFrameworkResponse = z.array(
  z.object({
    framework: z.string(),
    version: z.string(),
    clause: z.string(),
    title: z.string(),
    group: z.string().nullable(),
    state: clauseStateSchema,
    because: z.string().describe("what the verdicts say, or why there are none"),
    controls: z.array(z.object({ id: z.string(), state: clauseStateSchema, says: z.string() })),
    judged: z.number().int(),
    failing: z.number().int(),
    waived: z.number().int(),
    notAssessed: z.number().int(),
    needsReview: z.number().int(),
    cluster: z.string(),
    snapshot: z.number().int().nullable(),
    takenAt: instantSchema.nullable(),
    link: z.string(),
  }),
);
export type ExportFrameworkResponse = z.infer<typeof exportFrameworkResponse>;
