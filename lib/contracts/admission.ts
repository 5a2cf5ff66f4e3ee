import { z } from "zod";
import { momentSchema, resourceRefSchema, severitySchema } from "./words";

const issueSchema = z.object({
  control: z.string(),
  title: z.string().describe("what should hold"),
  severity: severitySchema.describe("the worst of its findings"),
  count: z.number().int(),
  finding: z.string().nullable().describe("the finding, when there is one"),
});
export type AdmissionIssue = z.infer<typeof issueSchema>;

const partSchema = z.object({
  system: z.string(),
  object: resourceRefSchema.nullable().describe("null: it is part of the API server"),
  enforcement: z
    .enum(["refuses", "reports", "changes", "off", "hidden"])
    .describe("refuses = can say no; reports = warns or writes down; changes = edits objects; off = nothing comes of it; hidden = nobody can see"),
  does: z.string(),
  lax: z.string().nullable().describe("why it refuses less than it looks"),
  issues: z.array(issueSchema).describe("open findings on it"),
  isJudged: z.boolean().describe("every control of its group was judged on it: where it is false, no issues do not mean that nothing is wrong"),
});
export type AdmissionPartDto = z.infer<typeof partSchema>;

const groupSchema = z.object({
  key: z.enum(["pod-security", "policies", "images", "webhooks", "plugins"]),
  notAssessed: z.object({ reason: z.string(), action: z.string().nullable() }).nullable(),
  count: z.number().int().describe("parts in all; `parts` may hold fewer"),
  tally: z
    .object({
      seen: z.number().int().describe("parts of which it can be seen what they do"),
      weak: z.number().int().describe("of these, those with something wrong"),
      refusing: z.record(z.string(), z.number().int()).describe("parts that can refuse, by system"),
    })
    .describe("of all parts, also of those that `parts` leaves out"),
  parts: z.array(partSchema),
  issues: z.array(issueSchema).describe("open findings of the whole group, on other objects than its parts"),
});
export type AdmissionGroupDto = z.infer<typeof groupSchema>;

export const admissionResponse = z.object({
  moment: momentSchema,
  notAssessed: z.object({ reason: z.string(), action: z.string().nullable() }).nullable(),
  groups: z.array(groupSchema),
});
export type AdmissionResponse = z.infer<typeof admissionResponse>;
