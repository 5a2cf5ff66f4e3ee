import { apiGroup, resourceKey } from "../model/resource-ref";
import { showHidden } from "../format/show-hidden";
import type { Verdict } from "../model/verdict";
import { numberCopies } from "./number-copies";
import { reportPath } from "./report-path";
import { sayField } from "./say-field";
import type { ScanReport } from "./scan-report";

/** What XML 1.0 cannot hold, escaped or not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** Beside what XML asks for, what a log of CI would take for a command to its runner (lay-out.ts). */
const ENTITIES: Readonly<Record<string, string>> = {
  "##": "#&#35;",
  "::": ":&#58;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

function escapeXml(text: string): string {
  return showHidden(text.toWellFormed())
    .replace(UNWRITABLE, "\ufffd")
    .replace(/[&<>"\n\r\t]|##|::/g, (mark) => ENTITIES[mark] ?? mark);
}

function element(name: string, attributes: Readonly<Record<string, string | number | undefined>>, content = ""): string {
  const written = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`]));
  return `<${name}${written.join("")}${content === "" ? "/>" : `>${content}</${name}>`}`;
}

type Kind = "failures" | "errors" | "skipped" | "passed";

interface Case {
  readonly kind: Kind;
  readonly xml: string;
}

type Namer = (verdict: Verdict) => string;

/** `Kind namespace/name`; with the API group, as kubectl writes it, where objects of two groups would have one name: CI servers take such for one test. */
function createNamer(listed: readonly Verdict[]): Namer {
  const nameOf = ({ resource: { kind, namespace, name } }: Verdict, group = ""): string =>
    `${kind}${group && `.${group}`} ${namespace === null ? "" : `${namespace}/`}${name}`;
  const keys = new Map<string, Set<string>>();
  for (const verdict of listed) {
    const name = nameOf(verdict);
    keys.set(name, (keys.get(name) ?? new Set()).add(apiGroup(verdict.resource)));
  }
  return (verdict) => nameOf(verdict, (keys.get(nameOf(verdict))?.size ?? 0) > 1 ? apiGroup(verdict.resource) : "");
}

function toSuite(name: string, cases: readonly Case[]): string {
  const count = (kind: Kind): number => cases.filter((entry) => entry.kind === kind).length;
  const attributes = { name, tests: cases.length, failures: count("failures"), errors: count("errors"), skipped: count("skipped") };
  return `${element("testsuite", attributes, `\n${cases.map(({ xml }) => `  ${xml}\n`).join("")} `)}\n`;
}

function explain({ evidence }: Verdict): string {
  return evidence.map((entry) => `${entry.message} ${sayField(entry)}`.trimEnd()).join("\n");
}

const REACH: Readonly<Record<string, string>> = { cluster: "by rights in the whole cluster", namespaced: "by rights in namespaces" };

/** What tells two verdicts of one control on objects of one name apart: CI servers take tests of one name for one. */
function sayWhich({ locator }: Verdict, copy: number): string {
  const marks = [REACH[locator] ?? locator, copy > 0 ? `copy ${copy + 1}` : ""].filter((mark) => mark !== "");
  return marks.length > 0 ? ` (${marks.join(", ")})` : "";
}

/** A test for each verdict. What fails and does not count is skipped with the reason, never passed; so is what was not assessed. */
function toCase(verdict: Verdict, nameOf: Namer, { controls, isKnown, counts, placesOf }: ScanReport): Case {
  const { state, severity, control, reason } = verdict;
  const found = placesOf(verdict);
  const name = `${control}: ${controls.get(control)?.title ?? control}${sayWhich(verdict, found?.copy ?? 0)}`;
  const attributes = { classname: nameOf(verdict), name, file: found ? reportPath(found.place.source) : undefined };
  const close = (kind: Kind, tag: string, message: string, content = ""): Case => ({
    kind,
    xml: element("testcase", attributes, element(tag, { message, ...(tag === "failure" && { type: severity }) }, escapeXml(content).replaceAll("&#10;", "\n"))),
  });
  if (state === "pass") return { kind: "passed", xml: element("testcase", attributes) };
  const first = verdict.evidence[0]?.message ?? "";
  if (state !== "fail") return close("skipped", "skipped", `${state === "unknown" ? "Not assessed" : state}: ${reason ?? first}`);
  if (isKnown(verdict)) return close("skipped", "skipped", `Known from the baseline (${severity}): ${first}`);
  if (!counts(verdict)) return close("skipped", "skipped", `Fails, but does not count (${severity}): ${first}`);
  return close("failures", "failure", `${severity}: ${first}`, `${explain(verdict)}\n\n${controls.get(control)?.fix ?? ""}`);
}

/** JUnit's XML, as CI servers read it: a suite for each object, a test for each control. */
export function toJunit(report: ScanReport): string {
  const nameOf = createNamer(report.listed);
  const suites = [...Map.groupBy(report.listed, (verdict) => resourceKey(verdict.resource)).values()].map((group) => {
    const [first] = group;
    return toSuite(
      first ? nameOf(first) : "",
      group.map((verdict) => toCase(verdict, nameOf, report)),
    );
  });
  const unread = [...report.errors.map((error) => ({ ...error, isError: true })), ...report.notJudged.map((error) => ({ ...error, isError: false }))];
  const files = numberCopies(unread, ({ source, document }) => `${document} ${reportPath(source)}`).map(
    ([{ source, document, message, isError }, copy]): Case => {
      const file = reportPath(source);
      const name = `${document > 0 ? `document ${document}` : "file"}${copy > 0 ? ` (${copy + 1})` : ""}`;
      const xml = element("testcase", { classname: file, name, file }, element(isError ? "error" : "skipped", { message }));
      return { kind: isError ? "errors" : "skipped", xml };
    },
  );
  const switchedOff = report.switchedOff.map(({ control: { id, title }, reason }): Case => {
    const message = `Switched off: ${reason}`;
    return { kind: "skipped", xml: element("testcase", { classname: "Switched off", name: `${id}: ${title}` }, element("skipped", { message })) };
  });
  const others = Object.entries({ "Switched off": switchedOff, Files: files }).flatMap(([name, cases]) => (cases.length > 0 ? [toSuite(name, cases)] : []));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Concentric">\n${[...suites, ...others].map((suite) => ` ${suite}`).join("")}</testsuites>\n`;
}
