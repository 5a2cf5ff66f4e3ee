import type { KubeObject } from "../kube-object";
import { readSwitch } from "../values/read-switch";
import { parseJson, texts } from "../../model/json";

/** What K3s or RKE2 writes onto its node: the words that it was started with, those of its files among them, secrets masked. */
export interface ServerArgs {
  readonly annotation: string;
  readonly words: readonly string[];
}

const ANNOTATIONS = ["k3s.io/node-args", "rke2.io/node-args"] as const;

/** Null = the node tells of none: another program started it, or one in the other of its two roles. */
export function readNodeArgs({ annotations }: KubeObject, role: "server" | "agent", names: readonly string[] = ANNOTATIONS): ServerArgs | null {
  for (const annotation of names) {
    const written = annotations[annotation];
    if (written === undefined) continue;
    const words = texts(parseJson(written));
    if (words.find((word) => word === "server" || word === "agent") === role) return { annotation, words };
  }
  return null;
}

/** Null = the node tells of none: it is an agent, or another program started it. */
export function readServerArgs(node: KubeObject, names: readonly string[] = ANNOTATIONS): ServerArgs | null {
  return readNodeArgs(node, "server", names);
}

interface Option {
  /** With two dashes, where it is longer than a letter. */
  readonly name: string;
  /** Undefined = neither in its word nor in the next one. */
  readonly value: string | undefined;
}

/** A long option may have one dash. One that is itself a value, such as a flag to hand on, was parted from its own value like every other. */
function toOption(words: readonly string[], i: number): Option {
  const [name = "", ...own] = (words[i] ?? "").split("=");
  const [next, after] = words.slice(i + 1, i + 3);
  const isParted = own.length === 0 && after !== undefined && /^--[^=]+$/.test(next ?? "") && !after.startsWith("-");
  return { name: name.replace(/^-(?=\w{2})/, "--"), value: own.length > 0 ? own.join("=") : isParted ? `${next}=${after}` : next };
}

/** Of a switch: it stands there, and no word behind it says no; where it stands more than once, the last counts. */
export function isSwitchedOn({ words }: ServerArgs, option: string): boolean {
  const last = words.map((_, i) => toOption(words, i)).findLast(({ name }) => name === option);
  return last !== undefined && readSwitch(last.value) !== false;
}

/** The values of an option, in order, under any of its names. */
export function valuesOf({ words }: ServerArgs, ...options: readonly string[]): readonly string[] {
  return words.flatMap((_, i) => {
    const { name, value } = toOption(words, i);
    return options.includes(name) && value !== undefined ? value : [];
  });
}

interface GivenFlag {
  readonly name: string;
  readonly value: string;
}

/** Flags that an option hands on to a component, in order: `--kube-proxy-arg v=2`. A bare one is `true`. */
export function givenFlags(words: readonly string[]): readonly GivenFlag[] {
  return words.map((word) => {
    const [name = "", ...value] = word.replace(/^--/, "").split("=");
    return { name: name.replaceAll("_", "-"), value: value.length > 0 ? value.join("=") : "true" };
  });
}

/** The component as if a container were started with these flags; all of them stand in the annotation. */
export function toContainer({ annotation }: ServerArgs, given: readonly GivenFlag[]) {
  return { spec: { command: given.map(({ name, value }) => `--${name}=${value}`) }, at: () => `metadata.annotations["${annotation}"]` };
}
