import { z } from "zod";

/** Why subjects of a control were not assessed. */
const reasonSchema = z.object({
  reason: z.string().describe("one sentence"),
  subjects: z.number().int().describe("that were not assessed for it"),
  stale: z.number().int().describe("of `subjects`, those that count as they last were"),
  isUnlisted: z.boolean().describe("subjects could not be listed, so nobody knows how many more there are"),
  cause: z
    .enum(["gap", "switched-off", "left-out", "control"])
    .describe("a kind that could not be read, a source that nobody switched on, a kind that is never listed, or what the control itself found"),
  action: z.string().nullable().describe("the one action that helps"),
});
export type ReasonDto = z.infer<typeof reasonSchema>;

export const reasonsSchema = z.object({
  subjects: z.number().int().describe("that were not assessed and are known by name; those that count as they last were among them"),
  stale: z.number().int().describe("of `subjects`, those that count as they last were"),
  isUnlisted: z.boolean().describe("subjects could not be listed, so nobody knows how many more there are"),
  reasons: z.array(reasonSchema).describe("the commonest first, at most three"),
  moreReasons: z.number().int().describe("how many other sentences there are"),
});
export type ReasonsDto = z.infer<typeof reasonsSchema>;
