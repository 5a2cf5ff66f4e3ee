import type { Rule } from "./check";

/** Since policy 1.25 three restricted checks leave out pods whose `spec.os.name` is windows. */
export function exceptWindows(rule: Rule): Rule {
  return (pod) => (pod.isWindows ? [] : rule(pod));
}
