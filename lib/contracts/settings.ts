import { z } from "zod";
import { OPT_IN_SOURCES } from "../model/opt-in-source";
import { readRegistryPrefix } from "./registry-prefix";
import { controlIdSchema, MAX_OWN_CONTROLS, ownControlSchema } from "./own-controls";
import { instantSchema, layerSchema, severitySchema } from "./words";

/** Spaces, and what no screen shows. */
const UNSEEN = /[\p{Z}\p{C}\p{M}]/gu;

export const reasonSchema = z
  .string()
  .trim()
  .max(500, "the reason has more than 500 characters")
  .refine((reason) => reason.replace(UNSEEN, "").length >= 5, "say why, in at least five characters");
export const reweightingSchema = z.strictObject({ severity: severitySchema, reason: reasonSchema });

const registrySchema = z
  .string()
  .trim()
  .max(255, "an entry has at most 255 characters")
  .transform((entry, context) => {
    const read = readRegistryPrefix(entry);
    if ("prefix" in read) return read.prefix;
    context.addIssue(read.problem);
    return z.NEVER;
  })
  .describe("a registry or a repository, such as registry.example.com/team");
const namespaceSchema = z
  .string()
  .trim()
  .max(63, "an entry has at most 63 characters")
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$|^[a-z0-9][a-z0-9-]*\*$/, "an entry is the name of a namespace, or its beginning with a * at the end");

const optInSourceSchema = z.enum(OPT_IN_SOURCES);

/** Of at most 500 entries, each kept once. */
const listOf = <S extends z.ZodType<string>>(entry: S) =>
  z
    .array(entry)
    .max(500, "a list has at most 500 entries")
    .overwrite((entries) => [...new Set(entries)]);

/** What a cluster's operators told us. */
export const settingsSchema = z.object({
  trustedRegistries: z.array(z.string()),
  platformNamespaces: z.array(z.string()),
  requireCpuLimit: z.boolean(),
  disabledControls: z.record(z.string(), z.string()).describe("reason by control"),
  reweightedControls: z.record(z.string(), reweightingSchema).describe("severity and reason by control"),
  ownControls: z.array(ownControlSchema).max(MAX_OWN_CONTROLS),
  optInSources: z.array(optInSourceSchema).describe("what is read beyond the published ClusterRole"),
});

/** What the caller had read of what it changes. */
const readBeforeSchema = z.strictObject({
  trustedRegistries: z.array(z.string()).optional(),
  platformNamespaces: z.array(z.string()).optional(),
  requireCpuLimit: z.boolean().optional(),
  disabledControls: z.record(z.string(), z.string().nullable()).optional(),
  reweightedControls: z.record(z.string(), reweightingSchema.nullable()).optional(),
  optInSources: z.array(optInSourceSchema).optional(),
});
export type SettingsReadBefore = z.infer<typeof readBeforeSchema>;

const IS_TOLD = "it is told with the settings and is none of them: leave it out";

/** Only what is named changes. In the maps, null takes an entry away. */
export const saveSettingsBody = z.strictObject({
  trustedRegistries: listOf(registrySchema).optional(),
  platformNamespaces: listOf(namespaceSchema).optional(),
  requireCpuLimit: z.boolean().optional(),
  disabledControls: z.record(controlIdSchema, reasonSchema.nullable()).optional(),
  reweightedControls: z.record(controlIdSchema, reweightingSchema.nullable()).optional(),
  optInSources: z.array(optInSourceSchema).max(OPT_IN_SOURCES.length).optional(),
  ownControls: z.never("own controls are added, changed and deleted one by one, at own-controls beside settings: leave them out here").optional(),
  tuned: z.never(IS_TOLD).optional(),
  isApplied: z.never(IS_TOLD).optional(),
  was: readBeforeSchema.optional().describe("where one of these is another by now, nothing is saved: 409"),
});
export type SaveSettingsBody = z.infer<typeof saveSettingsBody>;

const { trustedRegistries, platformNamespaces, requireCpuLimit, optInSources } = saveSettingsBody.shape;

/** Settings kept in a file: what the API answers as the settings of a cluster, or a part of it. */
export const settingsFileSchema = z.strictObject({
  trustedRegistries,
  platformNamespaces,
  requireCpuLimit,
  optInSources,
  disabledControls: z.record(controlIdSchema, reasonSchema).optional(),
  reweightedControls: z.record(controlIdSchema, reweightingSchema).optional(),
  ownControls: z.array(z.unknown()).optional(),
  // What the answer says of them beside: it is no setting.
  tuned: z.unknown().optional(),
  isApplied: z.unknown().optional(),
});

export const tunedControlSchema = z.object({
  id: z.string(),
  title: z.string(),
  layer: layerSchema,
  severity: severitySchema.describe("in every other cluster"),
  disabled: z.string().nullable().describe("why it is switched off"),
  reweighted: reweightingSchema.nullable(),
  since: instantSchema.nullable().describe("of the last change; null when nothing recorded it"),
});
export type TunedControl = z.infer<typeof tunedControlSchema>;

export const settingsResponse = settingsSchema.extend({
  tuned: z.array(tunedControlSchema).describe("what is off or re-weighted, the gravest first"),
  isApplied: z.boolean().describe("whether the latest snapshot was judged with these settings"),
});
export type SettingsResponse = z.infer<typeof settingsResponse>;
