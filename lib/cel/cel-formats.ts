import { type CelFunc, celFunc, celMethod, CelScalar } from "@bufbuild/cel";
import { OPTIONAL, toOptional } from "./cel-optional";
import { isUrl } from "./cel-url";
import { findKept, keep, TEXT_MAP } from "./kept-value";

const KEY = "@format";
const FORMAT = TEXT_MAP;

/** What is wrong with a text, or null. */
type Check = (text: string) => string | null;

/** At most `most` characters of a pattern. */
function form(pattern: RegExp, most: number, what: string): Check {
  return (text) => (text.length > most ? `it has more than ${most} characters` : pattern.test(text) ? null : what);
}

/** Of what a generated name begins with: the dash at its end is followed by more. */
function prefixOf(check: Check): Check {
  return (text) => check(text.length > 1 && text.endsWith("-") ? `${text.slice(0, -2)}a` : text);
}

const LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const NAME = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const label = form(new RegExp(`^${LABEL}$`), 63, "it is not of lower-case letters, digits and dashes, with a letter or digit at both ends");
const subdomain = form(
  new RegExp(`^${LABEL}(?:\\.${LABEL})*$`),
  253,
  "it is not of lower-case letters, digits, dashes and dots, with a letter or digit at both ends",
);
const letterLabel = form(/^[a-z](?:[-a-z0-9]*[a-z0-9])?$/, 63, "it is not of lower-case letters, digits and dashes, from a letter to a letter or digit");
const qualifiedPart = form(new RegExp(`^${NAME}$`), 63, "its name is not of letters, digits, -, _ and ., with a letter or digit at both ends");

function qualifiedName(text: string): string | null {
  const [prefix = "", name, ...more] = text.split("/");
  if (more.length > 0) return "it has more than one /";
  if (name === undefined) return qualifiedPart(prefix);
  const problem = subdomain(prefix);
  return problem === null ? qualifiedPart(name) : `before its /, ${problem}`;
}

/** A day of the calendar, from the year 0000 on. */
function isDate(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:.\d+)?(?:z|[+-]\d\d:\d\d)$/;

function isDateTime(text: string): boolean {
  const [date = "", time = ""] = text.toLowerCase().split("t");
  return isDate(date) && TIME.test(time);
}

const isOrElse =
  (is: (text: string) => boolean, what: string): Check =>
  (text) =>
    is(text) ? null : what;

/** The names of Kubernetes, and what its API server takes for each. */
const FORMATS: Readonly<Record<string, Check>> = {
  dns1123Label: label,
  dns1123Subdomain: subdomain,
  dns1035Label: letterLabel,
  dns1123LabelPrefix: prefixOf(label),
  dns1123SubdomainPrefix: prefixOf(subdomain),
  dns1035LabelPrefix: prefixOf(letterLabel),
  qualifiedName,
  labelValue: form(new RegExp(`^(?:${NAME})?$`), 63, "it is not of letters, digits, -, _ and ., with a letter or digit at both ends"),
  uri: isOrElse(isUrl, "it is no absolute URL"),
  uuid: isOrElse((text) => /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}$/i.test(text), "it is no UUID"),
  byte: isOrElse((text) => text !== "" && /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text), "it is not in base64"),
  date: isOrElse(isDate, "it is no date such as 2026-11-26"),
  datetime: isOrElse(isDateTime, "it is no moment such as 2026-11-26T10:00:00Z"),
};

const toFormat = (name: string): Map<string, string> => keep(KEY, name);

function readFormat(value: unknown): Check {
  const name = findKept(value, KEY);
  const check = name !== null && Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (check === undefined) throw new Error("it validates by what is no format.…()");
  return check;
}

/** The format library of Kubernetes; the sentences are our own. */
export const FORMAT_FUNCTIONS: readonly CelFunc[] = [
  ...Object.keys(FORMATS).map((name) => celFunc(`format.${name}`, [], FORMAT, () => toFormat(name))),
  celFunc("format.named", [CelScalar.STRING], OPTIONAL, (name) => toOptional(Object.hasOwn(FORMATS, name) ? { value: toFormat(name) } : null)),
  celMethod("validate", FORMAT, [CelScalar.STRING], OPTIONAL, function (text) {
    const problem = readFormat(this)(text);
    return toOptional(problem === null ? null : { value: [problem] });
  }),
];
