import { boolYaml11Tag, CORE_SCHEMA, defineScalarTag, load, mergeTag, NOT_RESOLVED, YAMLException } from "js-yaml";

/** Levels of collections; `maxDepth` of the parser. */
export const YAML_DEPTH = 200;
/** Characters that may be read again, over all repairs of one document: a few lines of a manifest, or one line of a huge one. */
const REREAD_LIMIT = 64 * 1024 * 1024;
/** Deeper than any collection may start. */
const INDENT = " ".repeat(1_000);

const SIGN = /^[-+]/;
const BASED = /^0(?:[bB][01]+|[xX][0-9a-fA-F]+|[oO][0-7]+)$/;
const OCTAL = /^0[0-7]+$/;
const DECIMAL = /^\d+$/;

/** A whole number as kubectl's parser reads it: `0644` is octal, digits may be parted by `_`, `089` is 89. */
function toWholeNumber(source: string): number | typeof NOT_RESOLVED {
  const plain = source.replaceAll("_", "");
  const digits = plain.replace(SIGN, "");
  if (!DECIMAL.test(digits) && !BASED.test(digits)) return NOT_RESOLVED;
  const value = Number(OCTAL.test(digits) ? `0o${digits}` : digits);
  return plain.startsWith("-") ? -value : value;
}

const wholeNumberTag = defineScalarTag<number>("tag:yaml.org,2002:int", {
  implicit: true,
  implicitFirstChars: [..."+-0123456789"],
  resolve: toWholeNumber,
  identify: (value) => Number.isInteger(value),
});

/** kubectl reads YAML 1.1: `yes` and `on` are true, `0644` is 420. */
const KUBECTL_SCHEMA = CORE_SCHEMA.withTags(boolYaml11Tag, mergeTag, wholeNumberTag);

/** One plain scalar, as kubectl reads it. */
export function loadScalar(text: string): unknown {
  return load(text, { schema: KUBECTL_SCHEMA });
}

function isUnderIndented(error: unknown): error is YAMLException & { readonly mark: { readonly position: number } } {
  return error instanceof YAMLException && error.reason === "deficient indentation" && error.mark !== null;
}

/**
 * One document, as kubectl reads it. YAML 1.2 wants the lines of a flow collection or of a quoted text deeper than what holds them; kubectl's
 * parser does not, and many manifests close `args: [` below its key. White space means nothing there, so such a line is pushed in and read again.
 * Throws what the parser throws.
 */
export function loadYaml(text: string): unknown {
  let current = text;
  for (let read = 0; ; read += current.length) {
    try {
      return load(current, { schema: KUBECTL_SCHEMA, json: true, maxDepth: YAML_DEPTH });
    } catch (error) {
      if (!isUnderIndented(error) || read + current.length > REREAD_LIMIT) throw error;
      const at = error.mark.position;
      current = current.slice(0, at) + INDENT + current.slice(at);
    }
  }
}
