import type { KubeObject } from "../inventory/kube-object";
import { type Outcome, unknown } from "./define";

/** For commands to type: `host:port` of the API server that kubectl speaks to, whichever port it has. */
export const API_SERVER_ADDRESS =
  "$(kubectl config view --minify -o jsonpath='{.clusters[0].cluster.server}' | sed -E 's#^https://##; s#/.*##; /:[0-9]+$/!s/$/:443/')";

/** Judges what was learnt about the API server itself; without it nothing is said. */
export function apiServerAnswer(seen: readonly KubeObject[], judge: (seen: KubeObject) => Outcome): Outcome {
  const [first] = seen;
  return first ? judge(first) : unknown("Nothing is known about the API server: manifests do not show it.");
}
