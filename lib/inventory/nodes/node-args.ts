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

/** Of a switch: it stands there, and no word behind it says no. */
export function isSwitchedOn({ words }: ServerArgs, option: string): boolean {
  return words.some((word, i) => {
    const [name, value = words[i + 1]] = word.split("=");
    return name === option && readSwitch(value) !== false;
  });
}

/** The values of an option, in order, under any of its names. */
export function valuesOf({ words }: ServerArgs, ...options: readonly string[]): readonly string[] {
  return words.flatMap((word, i) => {
    const [name = "", ...value] = word.split("=");
    if (!options.includes(name)) return [];
    return value.length > 0 ? value.join("=") : (words[i + 1] ?? []);
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
