import type { Check, Rule, Violation } from "../check";
import { profileRule } from "../profile-type";

const SECCOMP_POD_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER_ANNOTATION = "container.seccomp.security.alpha.kubernetes.io/";

function isAllowedAnnotation(value: string): boolean {
  return value === "runtime/default" || value === "docker/default" || value.startsWith("localhost/");
}

/** Up to policy 1.18: only the annotations count, and only those of the pod and of containers that exist. */
const annotations: Rule = (pod) => {
  const violations: Violation[] = [];
  const judge = (key: string, who: string, container?: string): void => {
    const value = Object.hasOwn(pod.annotations, key) ? pod.annotations[key] : undefined;
    if (value === undefined || isAllowedAnnotation(value)) return;
    const path = pod.view.atMetadata(`annotations[${JSON.stringify(key)}]`);
    violations.push({ path, value, message: `${who} has the seccomp profile "${value}".`, on: container ?? "", ...(container !== undefined && { container }) });
  };
  judge(SECCOMP_POD_ANNOTATION, "The pod");
  for (const { name, label } of pod.containers()) judge(`${SECCOMP_CONTAINER_ANNOTATION}${name}`, `Container ${label}`, name);
  return violations;
};

export const fields = profileRule("seccompProfile", "seccomp");

export const seccompProfileBaseline: Check = {
  id: "seccompProfile_baseline",
  level: "baseline",
  rules: [
    { since: 0, rule: annotations },
    { since: 19, rule: fields },
  ],
};
