import type { KubeObject } from "../kube-object";
import { readSwitch } from "../values/read-switch";
import { parseJson, texts } from "../../model/json";

/** What a server of K3s or RKE2 writes onto its node: the words that it was started with, those of its files among them, secrets masked. */
export interface ServerArgs {
  readonly annotation: string;
  readonly words: readonly string[];
}

const ANNOTATIONS = ["k3s.io/node-args", "rke2.io/node-args"] as const;

/** Null = the node tells of none: it is an agent, or another program started it. */
export function readServerArgs({ annotations }: KubeObject, names: readonly string[] = ANNOTATIONS): ServerArgs | null {
  for (const annotation of names) {
    const written = annotations[annotation];
    if (written === undefined) continue;
    const words = texts(parseJson(written));
    if (words.find((word) => word === "server" || word === "agent") === "server") return { annotation, words };
  }
  return null;
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
