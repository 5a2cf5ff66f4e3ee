import { z } from "zod";
import { layerSchema, severitySchema } from "./words";

/** Lower-case letters, digits and dashes: it stands in addresses. */
export const controlIdSchema = z
  .string()
  .max(80, "an id has at most 80 characters")
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "an id is made of lower-case letters, digits and single dashes, such as team-label-missing");

const sentence = (what: string, longest: number) => z.string().trim().min(1, `${what} is empty`).max(longest, `${what} has more than ${longest} characters`);

/** One control written in CEL, as it is typed, stored and read from a file. */
export const ownControlSchema = z.strictObject({
  id: controlIdSchema,
  title: sentence("the title", 160),
  layer: layerSchema,
  severity: severitySchema,
  subject: sentence("the subject", 80).default("workload"),
  expression: sentence("the expression", 2_000),
  message: sentence("the message", 400),
  fix: sentence("the fix", 2_000),
  why: sentence("why", 2_000).optional(),
});
export type OwnControlDto = z.infer<typeof ownControlSchema>;

export const MAX_OWN_CONTROLS = 200;
