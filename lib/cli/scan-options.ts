import { parseArgs } from "node:util";
import { AppError } from "../errors/app-error";
import { readRegistryPrefix } from "../contracts/registry-prefix";
import { DEFAULT_NAMESPACE } from "../model/resource-ref";
import { NEWEST_POLICY_MINOR } from "../pod-security/policy-version";
import { SEVERITIES, type Severity } from "../model/severity";
import type { KubeVersion } from "../inventory/inventory";
import type { ControlChoice } from "./choose-controls";
import { firstLine } from "./first-line";

const FORMATS = ["table", "json", "jsonl", "sarif", "junit", "codequality"] as const;
type Format = (typeof FORMATS)[number];

export interface ScanOptions {
  readonly format: Format;
  readonly kubeVersion: KubeVersion | null;
  readonly isComplete: boolean;
  /** Where objects of namespaced kinds are that name no namespace, as after `kubectl apply -n`. */
  readonly namespace: string;
  readonly showsAll: boolean;
  /** Exit 1 at this severity or worse; null = never. */
  readonly failOn: Severity | null;
  /** What is milder is neither listed nor fails. */
  readonly minSeverity: Severity;
  readonly choice: ControlChoice;
  /** Where the report goes; null = standard output. */
  readonly outputFile: string | null;
  /** Exit 2 when anything could not be read or judged. */
  readonly isStrict: boolean;
  readonly bundlesFile: string | null;
  /** Own controls in CEL, judged beside the built-in ones. */
  readonly controlsFile: string | null;
  /** What a cluster is tuned by, in a file. */
  readonly settingsFile: string | null;
  /** Beside those of the settings. */
  readonly trustedRegistries: readonly string[];
  readonly paths: readonly string[];
  /** A report of an earlier run: what it lists does not count. */
  readonly baselineFile: string | null;
  /** Lists the controls instead of judging. */
  readonly listsControls: boolean;
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
}

export const USAGE = `Usage: npm run --silent scan -- [options] PATH... | -

Judges Kubernetes manifests: files and folders of YAML, JSON or JSON lines,
or - for standard input. From another folder: npm --prefix CONCENTRIC run
--silent scan -- PATH..., with paths as they are from there.

What is judged
  --kube-version 1.NN      judge as this version would (default: newest
                           known)
  -n, --namespace NAME     namespace of objects that name none, as in kubectl
                           apply -n (default: default)
  --complete               the manifests are the whole cluster: what is absent
                           does not exist
  --bundles FILE.jsonl     one independent set of objects a line, one result
                           line each, blank lines left out; kubeVersion,
                           complete and namespace of a line go before the
                           options; a line may also ask questions
                           (docs/questions.md)

By which controls
  --only NAMES, --skip NAMES
                           only these, or all but these: ids and layers,
                           separated by commas; may be repeated
  --settings FILE          settings of a cluster, as in the API: trusted
                           registries, platform namespaces, limits, own
                           controls, controls that are off or re-weighted
                           with a reason (docs/own-controls.md); YAML or
                           JSON; there is no default file
  --trusted-registry PREFIX
                           registry or repository that is allowed; may be
                           repeated
  --controls FILE          own controls in CEL, beside the built-in ones
  --list-controls          list the controls instead, as a table or with
                           --format json

Report
  --format FORMAT          table, json, jsonl, sarif, junit or codequality
                           (of GitLab) (default: table)
  --all                    also show what passes and what does not apply; in a
                           table also what was not assessed
  --min-severity SEVERITY  leave out milder findings (default: info); they
                           do not fail the run either
  -o, --output FILE        write the report to FILE; - is standard output

Exit status: 0 no finding at or above --fail-on, 1 at least one,
2 nothing could be judged, or a PATH that was named could not be read
  --fail-on SEVERITY       exit 1 at this severity or worse: critical, high,
                           medium, low, info, or none (default: low)
  --baseline FILE          a report of an earlier run (--format json): what
                           failed there does not count again
  --strict                 exit 2 when any document could not be read, or its
                           containers could not be judged

  --version                the version of the catalogue of controls
  -h, --help               this text

docs/ci.md has a pipeline, a pre-commit hook and the JSON format.
`;

/** Throws bad-request for what is no version of Kubernetes; `name` is where it was said. */
export function parseKubeVersion(value: unknown, name = "--kube-version"): KubeVersion {
  const match = typeof value === "string" ? /^v?(1)\.(0|[1-9]\d?)(?:\.\d+)?(?:[-+][\w.+-]*)?$/.exec(value) : null;
  if (!match) throw new AppError("bad-request", `${name}: ${JSON.stringify(value).slice(0, 80)} is not a version such as "1.34".`);
  return { major: Number(match[1]), minor: Number(match[2]), text: match.input.startsWith("v") ? match.input : `v${match.input}` };
}

/** What a version that nobody knows yet is judged by; null for one that is known. */
export function sayNewerVersion(version: KubeVersion | null): string | null {
  if (version === null || version.minor <= NEWEST_POLICY_MINOR) return null;
  return `--kube-version: ${version.text} is newer than 1.${NEWEST_POLICY_MINOR}, the newest version known here, and is judged as that one.`;
}

/** A DNS label, as the API server wants it. */
const NAMESPACE_NAME = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Throws bad-request for what cannot be the name of a namespace. */
export function parseNamespace(value: unknown): string {
  if (typeof value === "string" && NAMESPACE_NAME.test(value)) return value;
  const said = (JSON.stringify(value) ?? "").slice(0, 80);
  throw new AppError(
    "bad-request",
    `namespace: ${said} is not a namespace name: use 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end.`,
  );
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new AppError("bad-request", `--${name}: "${value}" is none of ${allowed.join(", ")}.`);
  return found;
}

/** Node's own words, without its advice on arguments that start with a dash. */
function explainArguments(cause: unknown): string {
  return `${firstLine(cause)
    .replace(/\. To specify .*$/, "")
    .replace(/\.$/, "")}.`;
}

/** `a,b` and the option repeated mean the same. Throws bad-request for a name that is empty. */
function readNames(option: string, given: readonly string[]): readonly string[] {
  const names = given.flatMap((entry) => entry.split(",").map((name) => name.trim()));
  if (names.includes("")) throw new AppError("bad-request", `--${option}: a name is empty.`);
  return names;
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: "string" },
        baseline: { type: "string" },
        "list-controls": { type: "boolean", default: false },
        "kube-version": { type: "string" },
        namespace: { type: "string", short: "n", default: DEFAULT_NAMESPACE },
        complete: { type: "boolean", default: false },
        all: { type: "boolean", default: false },
        "fail-on": { type: "string", default: "low" },
        "min-severity": { type: "string", default: "info" },
        only: { type: "string", multiple: true, default: [] },
        skip: { type: "string", multiple: true, default: [] },
        strict: { type: "boolean", default: false },
        output: { type: "string", short: "o" },
        version: { type: "boolean", default: false },
        "trusted-registry": { type: "string", multiple: true, default: [] },
        bundles: { type: "string" },
        settings: { type: "string" },
        controls: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    throw new AppError("bad-request", `${explainArguments(cause)} --help lists the options.`, { cause });
  }
}

/** Throws bad-request for what would match nothing. */
function parseRegistry(entry: string): string {
  const read = readRegistryPrefix(entry);
  if ("prefix" in read) return read.prefix;
  throw new AppError("bad-request", `--trusted-registry: ${JSON.stringify(entry).slice(0, 80)}: ${read.problem}.`);
}

type Values = ReturnType<typeof readArguments>["values"];

/** What one option would leave undone of another is refused, not ignored. Throws bad-request. */
function refuseMixed(values: Values, format: Format | null, paths: readonly string[]): void {
  const bad = (message: string): AppError => new AppError("bad-request", message);
  if (values.help || values.version) return;
  const unnamed = (["output", "baseline", "bundles", "settings", "controls"] as const).find((name) => values[name] === "");
  if (unnamed !== undefined) throw bad(`--${unnamed}: the name of a file is empty.`);
  if (paths.includes("")) throw bad("The name of a file to judge is empty.");
  if (values["list-controls"]) {
    if (paths.length > 0 || values.bundles !== undefined) throw bad("--list-controls judges nothing: leave the files out.");
    if (format !== null && format !== "table" && format !== "json") throw bad(`--list-controls is written as table or json, not as ${format}.`);
    return;
  }
  if (values.bundles === undefined) {
    if (paths.length === 0) throw bad("Name at least one file or folder, or - for standard input; --help lists the options.");
    return;
  }
  if (format !== null && format !== "jsonl") throw bad(`--bundles answers in JSON lines, not as ${format}: leave --format out.`);
  if (paths.length > 0) throw bad(`--bundles takes no other files: ${paths[0]} would not be read.`);
  if (values.baseline !== undefined) throw bad("--bundles knows no --baseline.");
}

/** Throws bad-request with one sentence for anything that is not an option of ours. */
export function parseScanOptions(argv: readonly string[]): ScanOptions {
  const { values, positionals } = readArguments(argv);
  const version = values["kube-version"];
  const format = values.format === undefined ? null : oneOf("format", values.format, FORMATS);
  refuseMixed(values, format, positionals);
  const failOn = oneOf("fail-on", values["fail-on"], [...SEVERITIES, "none"] as const);
  return {
    format: format ?? "table",
    kubeVersion: version === undefined ? null : parseKubeVersion(version),
    isComplete: values.complete,
    namespace: parseNamespace(values.namespace),
    showsAll: values.all,
    failOn: failOn === "none" ? null : failOn,
    minSeverity: oneOf("min-severity", values["min-severity"], SEVERITIES),
    choice: { only: readNames("only", values.only), skip: readNames("skip", values.skip) },
    outputFile: values.output === "-" ? null : (values.output ?? null),
    isStrict: values.strict,
    bundlesFile: values.bundles ?? null,
    baselineFile: values.baseline ?? null,
    listsControls: values["list-controls"],
    controlsFile: values.controls ?? null,
    settingsFile: values.settings ?? null,
    trustedRegistries: values["trusted-registry"].map(parseRegistry),
    paths: positionals,
    wantsHelp: values.help,
    wantsVersion: values.version,
  };
}
