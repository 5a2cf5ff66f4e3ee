import { list, record, text, texts } from "../../model/json";
import type { Container } from "../workloads/workload";
import { readSwitch } from "../values/read-switch";

/** One flag as it was last written. `true` stands for a bare flag; one that was emptied is not set. */
interface Flag {
  /** Left out = that by which it was asked for. */
  readonly name?: string;
  readonly value: string;
  /** Of the argument that holds it. */
  readonly path: string;
  /** The value is the word behind it. */
  readonly isApart: boolean;
}

/** How a component was started, as its arguments show. */
export interface ComponentFlags {
  /** Of a list that is written more than once, the one that holds `item`. */
  readonly get: (name: string, item?: string) => Flag | undefined;
  /** The items of a comma-separated flag, of every time that it is written, blanks and all; empty when it is not set. */
  readonly listOf: (name: string) => readonly string[];
  /** Its value, or an item of it, begins with a variable whose own value is in a ConfigMap or Secret; or nothing shows whether it is set. */
  readonly isHidden: (name: string) => boolean;
  /** Started through a shell: the arguments are text in a script. */
  readonly isOpaque: boolean;
  /** Where a missing flag would go. */
  readonly argumentsPath: string;
}

/** A switch as the components read it; undefined = not set, or neither on nor off. It takes no word behind it: `--profiling false` is on. */
export function toSwitch(setting: { readonly value: string; readonly isApart?: boolean } | undefined): boolean | undefined {
  return setting?.isApart ? true : readSwitch(setting?.value);
}

const INTEGER = /^([+-]?)(?:0[xX]_?([\da-fA-F]+(?:_[\da-fA-F]+)*)|0[bB]_?([01]+(?:_[01]+)*)|0[oO]?_?([0-7]+(?:_[0-7]+)*)|(0|[1-9]\d*(?:_\d+)*))$/;

/** A whole number as the components read it: `030` is 24, `0x1e` is 30. Undefined = not set, or no such number, with which none starts. */
export function toInteger(setting: { readonly value: string } | undefined): number | undefined {
  const [found, sign, ...digits] = INTEGER.exec(setting?.value ?? "") ?? [];
  if (found === undefined) return undefined;
  const at = digits.findIndex((item) => item !== undefined);
  const size = Number.parseInt((digits[at] ?? "").replaceAll("_", ""), [16, 2, 8, 10][at]);
  return sign === "-" ? 0 - size : size;
}

/** As it stands in the arguments, for evidence: `--profiling=true`. */
export function writeFlag(asked: string, { name = asked, value, isApart }: Pick<Flag, "name" | "value" | "isApart">): string {
  return `--${name}${isApart ? " " : "="}${value}`;
}

/** Items as Go reads them from the first line of a comma-separated text: one in quotes may hold commas, and `""` is a quote in it. */
function toItems(value: string): readonly string[] {
  const [line = ""] = value.split(/\r?\n/);
  if (!line.includes('"')) return line.split(",");
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g)].map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain);
}

/** The gate of a feature in beta: written by its name, or else with all of its stage, in whatever order; undefined = it is left at its default. */
export function readBetaGate(flags: ComponentFlags, name: string): boolean | undefined {
  return readGate(flags, name) ?? readGate(flags, "AllBeta");
}

/** A feature gate as it is last written, by its bare name or as one of Kubernetes; undefined = it is left at its default. */
export function readGate(flags: ComponentFlags, name: string): boolean | undefined {
  const written = flags
    .listOf("feature-gates")
    .map((item) => item.split("=").map((part) => part.trim()))
    .findLast(([gate]) => gate?.replace(/^kube\s*:\s*/, "") === name);
  return toSwitch({ value: written?.[1] ?? "" });
}

const REFERENCE = /\$\$|\$\(([^)]+)\)/g;

/** Characters of arguments and environment that Linux hands to a program. */
const MOST_EXPANDED = 2_097_152;

/**
 * The kubelet puts the value of a variable for `$(NAME)`, and leaves the words where there is none that the manifest shows; `$$` is a dollar. For one
 * container: variables made of variables would grow without end.
 */
function createExpand(): (words: string, variables: ReadonlyMap<string, string>) => string {
  let left = MOST_EXPANDED;
  return (words, variables) => {
    // What is never closed is no reference: looked for behind each "$(" of a long text, the end would take minutes.
    const end = words.lastIndexOf(")") + 1;
    const closed = words.slice(0, end).replace(REFERENCE, (whole, name?: string) => {
      const value = name === undefined ? "$" : variables.get(name);
      if (value === undefined || value.length > left) return whole;
      left -= value.length;
      return value;
    });
    return closed + words.slice(end).replaceAll("$$", () => "$");
  };
}

/** What the manifest itself says of the environment; a variable may be made of those before it. */
function variablesOf(container: Pick<Container, "spec">, expand: ReturnType<typeof createExpand>): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const entry of list(container.spec.env).map(record)) {
    const name = text(entry.name);
    if (name !== undefined && entry.valueFrom === undefined) variables.set(name, expand(text(entry.value) ?? "", variables));
  }
  return variables;
}

/** Whether the value of a variable is in a ConfigMap or Secret. What the pod says of itself, such as its address, is no choice of anybody's. */
export function hiddenVariables({ spec }: Pick<Container, "spec">): (name: string) => boolean {
  const sources = new Map(list(spec.env).map((entry) => [record(entry).name, record(record(entry).valueFrom)]));
  const isElsewhere = list(spec.envFrom).length > 0;
  return (name) => {
    const source = sources.get(name);
    return source ? source.configMapKeyRef !== undefined || source.secretKeyRef !== undefined : isElsewhere;
  };
}

const LEADING_REFERENCE = /(?:^|,)\$\(([^),]+)\)/g;

const SHELL = /(?:^|\/)(?:ba|da|a)?sh$/;

/**
 * Reads `--k=v`, `--k v` and bare `--k` as pflag does, with the variables that they name; single dashes count too; the last one wins, except that
 * lists add up. Quotes belong to the value: no shell takes them off.
 */
export function readFlags(container: Pick<Container, "spec" | "at">): ComponentFlags {
  const expand = createExpand();
  const variables = variablesOf(container, expand);
  const isHiddenVariable = hiddenVariables(container);
  const words = (["command", "args"] as const).flatMap((field) =>
    texts(container.spec[field]).map((word, i) => ({ text: expand(word, variables), path: container.at(`${field}[${i}]`) })),
  );
  const flags = new Map<string, Flag[]>();
  words.forEach(({ text, path }, i) => {
    const found = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/.exec(text);
    if (!found) return;
    const next = words[i + 1]?.text;
    const isApart = found[2] === undefined && next !== undefined && /^(?!-)|^-(?:\d|$)/.test(next);
    const value = found[2] ?? (isApart ? next : "true");
    const name = (found[1] ?? "").replace(/_/g, "-");
    const written = flags.get(name) ?? [];
    written.push({ value, path, isApart });
    flags.set(name, written);
  });
  return {
    get: (name, item) => {
      const written = flags.get(name) ?? [];
      const last = (item === undefined ? undefined : written.findLast(({ value }) => toItems(value).includes(item))) ?? written.at(-1);
      return last?.value === "" ? undefined : last;
    },
    listOf: (name) => (flags.get(name) ?? []).flatMap(({ value }) => toItems(value)).filter((item) => item !== ""),
    isHidden: (name) =>
      (flags.get(name) ?? []).some(({ value }) => [...value.matchAll(LEADING_REFERENCE)].some(([, variable = ""]) => isHiddenVariable(variable))),
    isOpaque: SHELL.test(words[0]?.text ?? ""),
    argumentsPath: container.at(texts(container.spec.command).length > 0 ? "command" : "args"),
  };
}
