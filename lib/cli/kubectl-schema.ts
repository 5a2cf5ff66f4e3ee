import {
  boolYaml11Tag,
  CORE_SCHEMA,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  floatCoreTag,
  load,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
  seqTag,
  YAMLException,
} from "js-yaml";
import { isRecord } from "../model/json";

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

const finiteNumberTag = defineScalarTag<number>(floatCoreTag.tagName, {
  ...floatCoreTag,
  resolve: (source, isExplicit, name) => {
    // Digits may be parted by `_`, but for a number that begins with its point.
    const value = floatCoreTag.resolve(source.startsWith(".") ? source : source.replaceAll("_", ""), isExplicit, name);
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw new YAMLException(`${source} is a number that JSON does not have`);
  },
});

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The text that the bytes are: JSON has no other. */
const binaryTag = defineScalarTag<string>("tag:yaml.org,2002:binary", {
  resolve: (source) => {
    const packed = source.replace(/[\r\n]/g, "");
    return BASE64.test(packed) ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.from(packed, "base64")) : NOT_RESOLVED;
  },
  identify: () => false,
});

const DATE = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;

/** A date stays as it is written. */
const dateTag = defineScalarTag<string>("tag:yaml.org,2002:timestamp", {
  resolve: (source) => (DATE.test(source) ? source : NOT_RESOLVED),
  identify: () => false,
});

/** A plain `<<`: as a key it merges, anywhere else it is that text. */
const MERGE = Symbol("<<");

const mergeKeyTag = defineScalarTag<typeof MERGE>("merge-key", {
  implicit: true,
  implicitFirstChars: ["<"],
  resolve: (source) => (source === "<<" ? MERGE : NOT_RESOLVED),
  identify: () => false,
});

const toValue = (value: unknown): unknown => (value === MERGE ? "<<" : value);

type Mapping = Record<string, unknown>;

/** Fields that one document may take over by merging: enough for every real chart, too few for a chain of them without end. */
const MERGE_BUDGET = 2_000_000;
let merged = 0;

/**
 * What is merged goes before what was written above it, and what is written below goes before that; of a list the first goes before the others.
 * YAML has it otherwise: what is written always goes first. Which one kubectl applies is what counts.
 */
function merge(into: Mapping, source: unknown): string {
  const sources = Array.isArray(source) ? source.toReversed() : [source];
  if (!sources.every(isRecord)) return "what is merged by << is neither a mapping nor a list of mappings";
  for (const from of sources) {
    const keys = Object.keys(from);
    merged += 1 + keys.length;
    if (merged > MERGE_BUDGET) return "its merge keys take over more than two million fields";
    for (const key of keys) mapTag.addPair(into, key, from[key]);
  }
  return "";
}

const MAPPING = {
  ...mapTag,
  addPair: (into: Mapping, key: unknown, value: unknown): string => {
    if (key === MERGE) return merge(into, value);
    if (key === null) return "a key is null";
    return mapTag.addPair(into, key, toValue(value));
  },
};

const SEQUENCE = { ...seqTag, addItem: (list: unknown[], item: unknown, index: number) => seqTag.addItem(list, toValue(item), index) };

/** Any other tag, such as `!!set`, `!!omap` or `!reference`, changes nothing of a text, a list or a mapping. */
const OTHER = { matchByTagPrefix: true, identify: () => false };

/** YAML 1.1 as kubectl reads it: `yes` and `on` are true, `0644` is 420, and what JSON does not have is refused. */
const KUBECTL_SCHEMA = CORE_SCHEMA.withTags(
  boolYaml11Tag,
  wholeNumberTag,
  finiteNumberTag,
  binaryTag,
  dateTag,
  mergeKeyTag,
  { ...mergeTag, implicit: false },
  defineMappingTag(mapTag.tagName, MAPPING),
  defineSequenceTag(seqTag.tagName, SEQUENCE),
  defineScalarTag<string>("", { ...OTHER, resolve: (source) => source }),
  defineMappingTag("", { ...MAPPING, ...OTHER }),
  defineSequenceTag("", { ...SEQUENCE, ...OTHER }),
);

/** One document as kubectl reads it, but for what `loadYaml` mends. Throws what the parser throws. */
export function loadByKubectl(text: string, maxDepth?: number): unknown {
  merged = 0;
  return toValue(load(text, { schema: KUBECTL_SCHEMA, json: true, ...(maxDepth !== undefined && { maxDepth }) }));
}
