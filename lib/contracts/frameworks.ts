import { z } from "zod";
import { CLAUSE_STATES } from "../model/clause-state";
import { momentSchema, severitySchema } from "./words";

export const clauseStateSchema = z.enum(CLAUSE_STATES);

/** Verdicts of workload and platform scope together. */
const clauseCountsSchema = z.object({
  judged: z.number().int().describe("pass, failing and waived"),
  stale: z.number().int().describe("of judged, carried from an earlier scan"),
  failing: z.number().int(),
  subsumed: z.number().int().describe("failing under a more specific control"),
  waived: z.number().int(),
  unknown: z.number().int(),
  manual: z.number().int(),
  unasked: z.number().int().describe("controls that the catalogue did not have then"),
});

const clauseControlSchema = z.object({
  id: z.string(),
  title: z.string(),
  severity: severitySchema.describe("the worst that fails; the control's own when nothing does"),
  state: clauseStateSchema,
  counts: clauseCountsSchema,
});
export type ClauseControl = z.infer<typeof clauseControlSchema>;

const clauseSchema = z.object({
  id: z.string(),
  title: z.string(),
  group: z.string().nullable(),
  gap: z.string().nullable().describe("why no control can ask about it"),
  state: clauseStateSchema,
  counts: clauseCountsSchema,
  controls: z.array(clauseControlSchema).describe("what fails first"),
});
export type ClauseDto = z.infer<typeof clauseSchema>;

const frameworkSchema = z.object({
  key: z.string(),
  name: z.string(),
  about: z.string(),
  asOf: z.string().describe("year and month of the last comparison with the source"),
  source: z.string(),
  leftOut: z.string().nullable(),
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
