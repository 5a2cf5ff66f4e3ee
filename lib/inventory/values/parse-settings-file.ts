import { CORE_SCHEMA, load, mergeTag } from "js-yaml";

/** A part may be taken from another by `<<`. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** What a program of Kubernetes reads from a text of YAML or JSON in a ConfigMap; null = it is neither. */
export function parseSettingsFile(written: string): { readonly value: unknown } | null {
  try {
    return { value: load(written, { schema: SCHEMA }) };
  } catch {
    return null;
  }
}
