import { dig, type JsonRecord, record } from "@/lib/model/json";
import { fc } from "@/lib/model/testing-properties";
import { manifest, type Manifest } from "../world/manifest";
import { matchPolicy, mostly, namespaceSelector, objectSelector, rule, written } from "./random-admission";

const GROUP = "admissionregistration.k8s.io/v1";

const setting = (namespace: string, name: string, use: string): Manifest =>
  manifest("v1", "ConfigMap", namespace, name, { data: { on: "yes" } }, { labels: { use } });

/** What policies take as their parameters. */
export const PARAMETERS: readonly Manifest[] = [
  setting("asked-dev", "settings", "policies"),
  setting("asked-prod", "settings", "other"),
  setting("asked-prod", "more", "policies"),
  setting("kube-system", "only-here", "system"),
];

/** A policy, with the bindings that name it. */
export interface RandomPolicy {
  /** Of the policy, and of the pods that it refuses. */
  readonly name: string;
  readonly policy: Manifest;
  readonly bindings: readonly Manifest[];
}

const ruleOrName = fc.tuple(rule, mostly<readonly string[] | undefined>(undefined, [], ["one"])).map(([body, resourceNames]) => ({ ...body, resourceNames }));
const rules = fc.array(ruleOrName, { minLength: 1, maxLength: 2 });
const excludeResourceRules = fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: rules });
const scope = { namespaceSelector, objectSelector, matchPolicy, excludeResourceRules };

const condition = mostly<string | undefined>(
  undefined,
  "true",
  "request.operation == 'CREATE'",
  "request.operation != 'DELETE'",
  "request.operation in ['CREATE', 'UPDATE']",
  "request.operation == 'UPDATE'",
  "object.metadata.?labels['app'].orValue('') == 'web'",
  "request.namespace != 'asked-dev'",
  "!has(object.metadata.labels)",
);

/** What says no to the pods that are tried, and what never does; undefined = only annotations are written. */
const validations = fc.oneof(
  { weight: 4, arbitrary: fc.constant<readonly string[] | undefined>(["false"]) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<readonly string[] | undefined>(
      ["true", "!object.spec.?hostNetwork.orValue(false)"],
      ["object.spec.containers.all(c, !c.?securityContext.?privileged.orValue(false))"],
      ["variables.isCalm"],
      ["true"],
      undefined,
    ),
  },
);

const paramRef = fc
  .tuple(
    fc.constantFrom<JsonRecord>(
      { name: "settings" },
      { name: "nobody" },
      { name: "only-here" },
      { selector: {} },
      { selector: { matchLabels: { use: "policies" } } },
      { selector: { matchLabels: { use: "no" } } },
    ),
    fc.constantFrom(undefined, undefined, "asked-dev", "asked-plain"),
    mostly("Allow", "Deny"),
  )
  .map(([by, namespace, parameterNotFoundAction]) => ({ ...by, namespace, parameterNotFoundAction }));

const binding = fc.record({
  validationActions: mostly(["Deny"], ["Deny", "Audit"], ["Warn"], ["Audit"], ["Warn", "Audit"]),
  matchResources: fc.option(fc.record({ ...scope, resourceRules: fc.option(rules, { nil: undefined }) }), { nil: undefined, freq: 1 }),
  paramRef: fc.option(paramRef, { nil: undefined, freq: 4 }),
  isAstray: mostly(false, true),
});

const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap" };

const parts = fc.record({
  matchConstraints: fc.record({ ...scope, resourceRules: rules }),
  failurePolicy: mostly<string | undefined>(undefined, "Fail", "Ignore", "Ignore"),
  paramKind: mostly<JsonRecord | undefined>(undefined, CONFIG_MAP, CONFIG_MAP, { apiVersion: "example.com/v1", kind: "Nowhere" }),
  condition,
  validations,
  bindings: fc.array(binding, { maxLength: 3 }),
});

/** All policies are in the cluster together: each says no to pods of its own name alone. */
const toExpression = (name: string, expression: string) => (expression === "true" ? expression : `object.metadata.name != '${name}' || (${expression})`);

export const randomPolicy = (name: string): fc.Arbitrary<RandomPolicy> =>
  parts.map(({ condition: when, validations: asked, bindings, ...spec }) => {
    const answers = asked
      ? { validations: asked.map((expression) => ({ expression: toExpression(name, expression) })) }
      : { auditAnnotations: [{ key: "seen", valueExpression: "'yes'" }] };
    const variables = [{ name: "isCalm", expression: "!object.spec.?hostNetwork.orValue(false)" }];
    const matchConditions = when === undefined ? undefined : [{ name: "when", expression: when }];
    return {
      name,
      policy: written(manifest(GROUP, "ValidatingAdmissionPolicy", null, name, { spec: { ...spec, variables, matchConditions, ...answers } })),
      bindings: bindings.map(({ isAstray, ...bound }, index) =>
        written(
          manifest(GROUP, "ValidatingAdmissionPolicyBinding", null, `${name}-${index}`, { spec: { ...bound, policyName: isAstray ? `${name}-astray` : name } }),
        ),
      ),
    };
  });

/** It refuses every pod of its name. */
export function toSentinel(name: string): RandomPolicy {
  const resourceRules = [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }];
  const spec = { matchConstraints: { resourceRules }, validations: [{ expression: toExpression(name, "false") }] };
  return {
    name,
    policy: manifest(GROUP, "ValidatingAdmissionPolicy", null, name, { spec }),
    bindings: [manifest(GROUP, "ValidatingAdmissionPolicyBinding", null, name, { spec: { policyName: name, validationActions: ["Deny"] } })],
  };
}

/** Where its parameters are missing such a policy refuses everything that it sees, and hides what others would say. */
export function mayRefuseAll({ policy, bindings }: RandomPolicy): boolean {
  const { failurePolicy, paramKind } = record(policy.spec);
  const isStrict = record(paramKind).kind === "Nowhere" || bindings.some((item) => dig(item, "spec", "paramRef", "parameterNotFoundAction") === "Deny");
  return failurePolicy !== "Ignore" && paramKind !== undefined && isStrict;
}
