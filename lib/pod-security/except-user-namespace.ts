import type { Rule } from "./check";

/** Since policy 1.35 some checks leave out pods that run in a user namespace: exactly `hostUsers: false`. */
export function exceptUserNamespace(rule: Rule): Rule {
  return (pod) => (pod.spec.flag("hostUsers") === false ? [] : rule(pod));
}
