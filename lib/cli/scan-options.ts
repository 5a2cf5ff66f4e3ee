import { parseArgs } from "node:util";
import { AppError } from "../errors/app-error";
import { DEFAULT_NAMESPACE } from "../model/resource-ref";
import { SEVERITIES, type Severity } from "../model/severity";
import type { KubeVersion } from "../inventory/inventory";

export const FORMATS = ["table", "json", "jsonl", "sarif"] as const;
export type Format = (typeof FORMATS)[number];

export interface ScanOptions {
  readonly format: Format;
  readonly kubeVersion: KubeVersion | null;
  readonly isComplete: boolean;
  /** Where objects of namespaced kinds are that name no namespace, as after `kubectl apply -n`. */
  readonly namespace: string;
  readonly showsAll: boolean;
  readonly failOn: Severity;
  readonly bundlesFile: string | null;
  /** Own controls in CEL, judged beside the built-in ones. */
  readonly controlsFile: string | null;
  readonly trustedRegistries: readonly string[];
  readonly paths: readonly string[];
  readonly wantsHelp: boolean;
}

export const USAGE = `Usage: npm run --silent scan -- [options] PATH... | -

Judges Kubernetes manifests (YAML, JSON, JSON lines; files, folders, or - for standard input).

  --format table|json|jsonl|sarif   default: table
  --kube-version 1.NN               judge as this version would (default: the newest known)
  -n, --namespace NAME              where objects that name no namespace are, as in kubectl apply -n (default: default)
  --complete                        the manifests are the whole cluster: what is absent does not exist
  --all                             also list what passes and what does not apply
  --fail-on SEVERITY                exit 1 at this severity or worse (default: low)
  --trusted-registry PREFIX         image registry or repository that is allowed; may be repeated
  --controls FILE                   own controls in CEL (YAML or JSON), judged beside the built-in ones
  --bundles FILE.jsonl              one independent set of objects a line, one result line each;
                                    kubeVersion, complete and namespace of a line go before the options;
                                    a line may also ask questions, see docs/questions.md

Exit: 0 nothing at or above --fail-on, 1 something, 2 nothing could be judged.
`;

/** Throws bad-request for what is no version; `name` is where it was said. */
export function parseKubeVersion(value: unknown, name = "--kube-version"): KubeVersion {
  const match = typeof value === "string" ? /^v?(\d+)\.(\d+)/.exec(value) : null;
  if (!match) throw new AppError("bad-request", `${name}: ${JSON.stringify(value).slice(0, 80)} is not a version such as "1.34".`);
  return { major: Number(match[1]), minor: Number(match[2]), text: match.input.startsWith("v") ? match.input : `v${match.input}` };
}

/** A DNS label, as the API server wants it. */
const NAMESPACE_NAME = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Throws bad-request for what can be no name of a namespace. */
export function parseNamespace(value: unknown): string {
  if (typeof value === "string" && NAMESPACE_NAME.test(value)) return value;
  const said = (JSON.stringify(value) ?? "").slice(0, 80);
  throw new AppError(
    "bad-request",
    `namespace: ${said} is no name of a namespace: it takes 1 to 63 lower-case letters, digits and hyphens, no hyphen at an end.`,
  );
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new AppError("bad-request", `--${name}: "${value}" is none of ${allowed.join(", ")}.`);
  return found;
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "table" },
        "kube-version": { type: "string" },
        namespace: { type: "string", short: "n", default: DEFAULT_NAMESPACE },
        complete: { type: "boolean", default: false },
        all: { type: "boolean", default: false },
        "fail-on": { type: "string", default: "low" },
        "trusted-registry": { type: "string", multiple: true, default: [] },
        bundles: { type: "string" },
        controls: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    throw new AppError("bad-request", `${cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : "The options could not be read."}`, { cause });
  }
}

/** Throws bad-request with one sentence for anything that is not an option of ours. */
export function parseScanOptions(argv: readonly string[]): ScanOptions {
  const { values, positionals } = readArguments(argv);
  const version = values["kube-version"];
  if (!values.help && positionals.length === 0 && !values.bundles)
    throw new AppError("bad-request", "Name at least one file or folder, or - for standard input.");
  return {
    format: oneOf("format", values.format, FORMATS),
    kubeVersion: version === undefined ? null : parseKubeVersion(version),
    isComplete: values.complete,
    namespace: parseNamespace(values.namespace),
    showsAll: values.all,
    failOn: oneOf("fail-on", values["fail-on"], SEVERITIES),
    bundlesFile: values.bundles ?? null,
    controlsFile: values.controls ?? null,
    trustedRegistries: values["trusted-registry"],
    paths: positionals,
    wantsHelp: values.help,
  };
}
