import { z } from "zod";
import { groupDigits } from "../model/group-digits";
import { evidenceSchema, layerSchema, resourceRefSchema, severitySchema } from "./words";

/** Lower-case letters, digits and dashes: it stands in addresses. */
export const controlIdSchema = z
  .string()
  .max(80, "an id has at most 80 characters")
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "an id is made of lower-case letters, digits and single dashes, such as team-label-missing")
  // What is kept by the id of a control would be found for it in every object, as if somebody had switched it off.
  .refine((id) => !(id in Object.prototype), "constructor is no id: choose another");

const sentence = (what: string, longest: number) =>
  z
    .string()
    .trim()
    .min(1, `${what} is empty`)
    .max(longest, `${what} has more than ${groupDigits(longest)} characters`);

/** One control written in CEL, as it is typed, stored and read from a file. */
export const ownControlSchema = z.strictObject({
  id: controlIdSchema,
  title: sentence("the title", 160),
  layer: layerSchema,
  severity: severitySchema,
  subject: sentence("the subject", 80).default("workload"),
  // As it is typed: a problem names its line and column.
  expression: z
    .string()
    .max(2_000, "the expression has more than 2,000 characters")
    .refine((text) => text.trim() !== "", "the expression is empty"),
  message: sentence("the message", 400),
  fix: sentence("the fix", 2_000),
  why: sentence("why", 2_000).optional(),
});
export type OwnControlDto = z.infer<typeof ownControlSchema>;

export const changeOwnControlBody = ownControlSchema.extend({
  was: ownControlSchema.optional().describe("the control as it was read; where it is another by now, nothing is saved: 409"),
});

export const MAX_OWN_CONTROLS = 200;

const sampleSchema = z.object({ resource: resourceRefSchema, evidence: z.array(evidenceSchema), reason: z.string().nullable() });
export type OwnControlSample = z.infer<typeof sampleSchema>;

/** What a control that is being written says of the latest snapshot. Nothing of it is kept. */
export const testOwnControlResponse = z.object({
  problem: z.string().nullable().describe("why it could not be tried at all, in one sentence"),
  seq: z.number().int().nullable().describe("the snapshot"),
  unread: z.string().nullable().describe("why the snapshot does not show all that it asks about"),
  failing: z.number().int(),
  passing: z.number().int(),
  notAssessed: z.number().int(),
  notApplicable: z.number().int(),
  isCut: z.boolean().describe("true when time was up before every object was judged"),
  durationMs: z.number(),
  samples: z.object({ failing: z.array(sampleSchema), passing: z.array(sampleSchema), notAssessed: z.array(sampleSchema) }).describe("the first of each"),
});
export type TestOwnControlResponse = z.infer<typeof testOwnControlResponse>;

/** A subject that an own control can have, and the variables that its expression can use. */
export interface OwnSubjectChoice {
  readonly name: string;
  readonly variables: readonly string[];
}
