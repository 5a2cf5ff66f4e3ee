import type { KubeObject } from "../inventory/kube-object";
import { type Outcome, unknown } from "./define";

/** Judges what was learnt about the API server itself; without it nothing is said. */
export function apiServerAnswer(seen: readonly KubeObject[], judge: (seen: KubeObject) => Outcome): Outcome {
  const [first] = seen;
  return first ? judge(first) : unknown("Nothing was learnt about the API server: there is only what manifests show.");
}
