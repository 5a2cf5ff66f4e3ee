import type { Check, Rule, Violation } from "../check";
import { isAllowedProfileType } from "../profile-type";

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

/** A bad value at pod level counts even when every container overrides it. */
export const fields: Rule = (pod) => {
  const violations: Violation[] = [];
  const ofPod = pod.spec.part("securityContext").find("seccompProfile");
  const podType = ofPod?.text("type");
  if (ofPod && !isAllowedProfileType(podType))
    violations.push({ path: ofPod.at("type"), value: podType, message: `The pod has the seccomp profile ${podType || "without a type"}.`, on: "" });
  for (const { name, label, spec } of pod.containers()) {
    const profile = spec.part("securityContext").find("seccompProfile");
    const type = profile?.text("type");
    if (!profile || isAllowedProfileType(type)) continue;
    violations.push({
      path: profile.at("type"),
      value: type,
      message: `Container ${label} has the seccomp profile ${type || "without a type"}.`,
      container: name,
      on: label,
    });
  }
  return violations;
};

export const seccompProfileBaseline: Check = {
  id: "seccompProfile_baseline",
  level: "baseline",
  rules: [
    { since: 0, rule: annotations },
    { since: 19, rule: fields },
  ],
};
