import type { JsonRecord } from "../../model/json";
import { namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import { asks, inCel, kyverno, onlyIf, plain } from "../testing-signature-policies";
import control from "./image-provenance-unverified";

/** The webhook of a verifier with other fields; more of them, one each. */
const hooked = (name: string, ...parts: readonly object[]): JsonRecord => {
  const configuration = asks(name);
  return { ...configuration, webhooks: configuration.webhooks.flatMap((hook) => parts.map((part) => ({ ...hook, ...part }))) };
};
const RULE = { operations: ["CREATE", "UPDATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] };
const CREATION = { rules: [{ ...RULE, operations: ["CREATE"] }] };
const CHANGES = { rules: [{ ...RULE, operations: ["UPDATE"] }] };
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });
const pods = (...resources: readonly object[]) => ({ match: { any: resources.map((part) => ({ resources: { kinds: ["Pod"], ...part } })) } });
const leaves = (resources: object) => ({ exclude: { any: [{ resources: { kinds: ["Pod"], ...resources } }] } });
const where = (key: string, operator: string, value: string) => ({ key: `{{ request.${key} }}`, operator, value });
const leavesOut = (operations: readonly string[]) => inCel({ matchConstraints: { excludeResourceRules: [{ ...RULE, operations, resourceNames: ["a"] }] } });

const MADE_OR_HERE = "request.operation == 'CREATE' || request.namespace == 'shop'";
const MADE_OR_ELSEWHERE = "request.operation == 'CREATE' || request.namespace != 'shop'";
const MADE_OR_LABELLED = "request.operation == 'CREATE' || object.metadata.labels['verify'] == 'yes'";

/** A condition of each that may have one. */
const under = (expression: string) => [
  { what: "a webhook", objects: [...plain, hooked("connaisseur", onlyIf(expression))] },
  { what: "the webhook of an engine", objects: [...plain, hooked("kyverno", onlyIf(expression)), kyverno()] },
  { what: "a rule", objects: [...plain, asks("kyverno"), kyverno({ celPreconditions: onlyIf(expression).matchConditions })] },
  { what: "a policy in CEL", objects: [...plain, asks("kyverno"), inCel(onlyIf(expression))] },
];

const PREFIX = "In namespace shop no enforcing policy covers the images of app. ";
const SUFFIX = ": here it sees what is made alone: the image of a running pod may be changed to any.";

describeControl(control, {
  fails: [
    ...under(MADE_OR_ELSEWHERE).map(({ what, objects }) => ({ name: `${what} that sees changes in other namespaces`, objects })),
    {
      name: "a condition that says so",
      objects: [...plain, asks("kyverno"), inCel(onlyIf(MADE_OR_ELSEWHERE))],
      evidence: [{ path: "", message: `${PREFIX}ImageValidatingPolicy signed${SUFFIX}` }],
    },
    {
      name: "an engine that is asked about changes in other namespaces",
      objects: [...plain, hooked("kyverno", CREATION, { ...CHANGES, ...inNamespace("other") }), kyverno()],
    },
    {
      name: "a precondition on what is made, or on another namespace",
      objects: [
        ...plain,
        asks("kyverno"),
        kyverno({ preconditions: { any: [where("operation", "Equals", "CREATE"), where("namespace", "Equals", "other")] } }),
      ],
    },
    {
      name: "a rule for what is made, and for what is changed elsewhere",
      objects: [...plain, asks("kyverno"), kyverno(pods({ operations: ["CREATE"] }, { operations: ["UPDATE"], namespaces: ["other"] }))],
    },
    { name: "a rule that leaves out what is changed", objects: [...plain, asks("kyverno"), kyverno(leaves({ operations: ["UPDATE"] }))] },
  ],
  passes: [
    ...under(MADE_OR_HERE).map(({ what, objects }) => ({ name: `${what} that sees changes here alone`, objects })),
    {
      name: "a precondition on what is made, or on this namespace",
      objects: [...plain, asks("kyverno"), kyverno({ preconditions: { any: [where("operation", "Equals", "CREATE"), where("namespace", "Equals", "shop")] } })],
    },
    {
      name: "an engine that is asked about what is made by one webhook, and what is changed here by another",
      objects: [...plain, namespace({ name: "other" }), hooked("kyverno", CREATION, { ...CHANGES, ...inNamespace("shop") }), kyverno()],
    },
    {
      name: "a rule for what is made, and for what is changed here",
      objects: [...plain, asks("kyverno"), kyverno(pods({ operations: ["CREATE"] }, { operations: ["UPDATE"], namespaces: ["shop"] }))],
    },
    { name: "a rule that leaves out what is deleted", objects: [...plain, asks("kyverno"), kyverno(leaves({ operations: ["DELETE"] }))] },
  ],
  unknown: [
    ...under(MADE_OR_LABELLED).map(({ what, objects }) => ({ name: `${what} that sees some changes`, objects })),
    {
      name: "a policy in CEL that leaves out changes by the names of pods",
      objects: [...plain, asks("kyverno"), leavesOut(["UPDATE"])],
      reason:
        "In namespace shop it is unknown whether the images of app are verified. ImageValidatingPolicy signed: conditions, labels or names choose which changes of pods it sees.",
    },
    {
      name: "an engine that is asked about changes of pods by a label of their own",
      objects: [...plain, hooked("kyverno", CREATION, { ...CHANGES, objectSelector: { matchLabels: { verify: "yes" } } }), kyverno()],
    },
  ],
});
