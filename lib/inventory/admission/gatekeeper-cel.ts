import { type JsonRecord, list, record, records, text } from "../../model/json";
import { defineView } from "../view";
import { findAgents } from "../workloads/find-agents";
import { isConstraint } from "./gatekeeper-constraint";
import type { KubeObject } from "../kube-object";
import { kindOfTemplate } from "./gatekeeper-templates";
import { expressionsOf } from "./match-condition";

const GATEKEEPER = { name: "Gatekeeper", image: /(?:^|\/)gatekeeper$/ };
/** Gatekeeper evaluates templates in CEL, and what fails in them refuses, unless its flags say otherwise. */
const OTHER_FLAGS = /--(?:experimental-)?enable-k8s-native-validation=false|--default-k8s-native-validation-failure-policy=Ignore/;

/** The constraint itself, which Gatekeeper shows to variables alone: what else asks for it fails. */
const CONSTRAINT_ITSELF = /(?<![\w.])params\b/;

/** What a template asks in CEL where it does so by nothing else, and with nothing that older releases do not give it; null = it is not that, or nobody can tell. */
function sourceOf({ body }: Pick<KubeObject, "body">): JsonRecord | null {
  const [target, ...others] = records(record(body.spec).targets);
  const [code, ...more] = records(target?.code);
  if (others.length > 0 || more.length > 0 || code?.engine !== "K8sNativeValidation" || text(target?.rego) !== undefined) return null;
  const source = record(code.source);
  const failing = [source.matchCondition, source.validations].flatMap(expressionsOf).some((expression) => CONSTRAINT_ITSELF.test(expression));
  return failing || JSON.stringify(source).includes("namespaceObject") ? null : source;
}

/** As Gatekeeper completes it: constraints are its parameters. */
function toSpec({ variables, matchCondition, validations, failurePolicy }: JsonRecord, kind: string): JsonRecord {
  const own = [
    { name: "anyObject", expression: "object" },
    { name: "params", expression: "!has(params.spec) ? null : !has(params.spec.parameters) ? null : params.spec.parameters" },
  ];
  return {
    failurePolicy: failurePolicy ?? "Fail",
    paramKind: { apiVersion: "constraints.gatekeeper.sh/v1beta1", kind },
    variables: [...own, ...list(variables)],
    matchConditions: matchCondition,
    validations,
  };
}

/** Constraints that can be tried, with the policy in CEL that each is as one of the API server. */
export const constraintsInCelView = defineView({
  reads: ["policyEngineObjects", "workloads"],
  compute: (context): ReadonlyMap<KubeObject, KubeObject> => {
    const { policyEngineObjects } = context.slices;
    const sources = new Map(
      policyEngineObjects.flatMap((item) => {
        const source = item.ref.kind === "ConstraintTemplate" ? sourceOf(item) : null;
        return source ? [[kindOfTemplate(item), source] as const] : [];
      }),
    );
    if (sources.size === 0 || findAgents(context, [GATEKEEPER]).some(({ workload }) => OTHER_FLAGS.test(JSON.stringify(workload.object())))) return new Map();
    const specs = new Map([...sources].map(([kind, source]) => [kind, toSpec(source, kind ?? "")]));
    return new Map(
      policyEngineObjects.filter(isConstraint).flatMap((constraint) => {
        const { ref, body } = constraint;
        const spec = specs.get(ref.kind);
        return spec ? [[constraint, { ...constraint, ref: { ...ref, kind: "ValidatingAdmissionPolicy" }, body: { ...body, spec } }] as const] : [];
      }),
    );
  },
});
