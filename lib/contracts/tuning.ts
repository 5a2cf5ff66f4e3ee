import { z } from "zod";
import { severitySchema } from "./words";

/** What the people of this cluster changed of a control, as of the moment. */
export const tuningSchema = z.object({
  disabled: z.string().nullable().describe("why it is switched off"),
  reweighted: z.object({ from: severitySchema, reason: z.string() }).nullable(),
  own: z.object({ subject: z.string(), expression: z.string(), message: z.string() }).nullable(),
  next: z.string().nullable().describe("what the next scan does otherwise, in words"),
});
export type TuningDto = z.infer<typeof tuningSchema>;

/** How many controls of the moment are not as they come. A control that is off counts as that alone. */
export const tunedCountsSchema = z.object({ off: z.number().int(), reweighted: z.number().int(), own: z.number().int() });
export type TunedCounts = z.infer<typeof tunedCountsSchema>;
