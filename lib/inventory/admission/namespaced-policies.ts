import { record, records, texts } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { constraintMeansPodsAlone, isConstraint } from "./gatekeeper-constraint";
import { rulesMeanPodsAlone } from "./kyverno-policies";

/** As part of a sentence. */
export const FOR_NONE = "it is for none of the namespaces that are there";

/** Selectors of namespaces say nothing of what is in none. */
const IN_NAMESPACES = /^(?:pods|podtemplates|replicationcontrollers|deployments|replicasets|statefulsets|daemonsets|jobs|cronjobs)(?:\/|$)/;

/** Whether a policy, of any engine, is about nothing but what is in namespaces, as far as is known of its kinds: one that reaches no namespace does nothing then. */
export function isForNamespaced(policy: KubeObject): boolean {
  if (isConstraint(policy)) return constraintMeansPodsAlone(policy);
  if (policy.ref.kind === "ClusterPolicy" || policy.ref.kind === "Policy") return rulesMeanPodsAlone(policy);
  const rules = records(record(record(policy.body.spec).matchConstraints).resourceRules);
  return rules.every(({ resources }) => texts(resources).every((resource) => IN_NAMESPACES.test(resource)));
}
