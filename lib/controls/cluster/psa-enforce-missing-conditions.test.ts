import { NO_HOST_FILES, NO_PRIVILEGED, TAKES_OVER_NOTHING } from "../admission/testing-native-policies";
import { describeControl } from "../testing";
import { kyverno } from "../testing-pod-security-guards";
import { askedOfKyverno, ENFORCE } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

const PODS = { match: { any: [{ resources: { kinds: ["Pod"] } }] } };
const asking = (expressions: readonly string[]) => ({ cel: { expressions: expressions.map((expression) => ({ expression })) } });
const is = (field: string) => ({ key: `{{ request.object.spec.${field} || \`false\` }}`, operator: "Equals", value: true });
const labelled = { key: "{{ request.object.metadata.labels.checked || '' }}", operator: "NotEquals", value: "no" };
/** A rule that refuses all that its conditions let it see. */
const refusing = (preconditions: unknown) => ({ name: "host", ...PODS, preconditions, validate: { deny: {} } });
const others = { name: "others", ...PODS, validate: asking([NO_PRIVILEGED, NO_HOST_FILES]) };
const guarded = (rule: object) => kyverno({}, { validate: asking(TAKES_OVER_NOTHING), ...rule });
const HOST = ["hostNetwork", "hostPID", "hostIPC"].map((field) => is(field));

const MESSAGE = "No level is enforced; the built-in default is privileged. ClusterPolicy pod-security lets through pods with";
const lets = (what: string) => [{ path: `metadata.labels["${ENFORCE}"]`, message: `${MESSAGE} ${what}.` }];
const doubt = (because: string) => `ClusterPolicy pod-security may refuse pods here that take over a node, but ${because}.`;

/** Conditions of rules of Kyverno that hang on the pod. */
describeControl(control, {
  fails: [
    {
      name: "a rule that its conditions keep from what does one thing alone",
      objects: [...askedOfKyverno, guarded({ preconditions: { all: [is("hostNetwork")] } })],
      evidence: lets("privileged containers, the host's namespaces and files of the host"),
    },
    {
      name: "conditions that must all hold",
      objects: [...askedOfKyverno, kyverno({ rules: [refusing({ all: HOST }), others] })],
      evidence: lets("the host's namespaces"),
    },
    {
      name: "conditions in CEL that keep a rule from pods",
      objects: [...askedOfKyverno, guarded({ celPreconditions: [{ name: "a", expression: "has(object.spec.hostPID)" }] })],
      evidence: lets("privileged containers, the host's namespaces and files of the host"),
    },
  ],
  passes: [
    { name: "a rule that its conditions lead to what takes over a node", objects: [...askedOfKyverno, kyverno({ rules: [refusing({ any: HOST }), others] })] },
    {
      name: "a rule for each condition",
      objects: [...askedOfKyverno, kyverno({ rules: [...HOST.map((item) => refusing([item])), others] })],
    },
    {
      name: "a rule for pods with what all of them have",
      objects: [
        ...askedOfKyverno,
        guarded({ preconditions: { all: [{ key: "{{ request.object.spec.containers[] | length(@) }}", operator: "GreaterThan", value: 0 }] } }),
      ],
    },
    {
      name: "conditions in CEL that lead a rule there",
      objects: [
        ...askedOfKyverno,
        kyverno({
          rules: [
            {
              ...refusing(undefined),
              celPreconditions: [
                {
                  name: "a",
                  expression: "object.spec.?hostPID.orValue(false) || object.spec.?hostIPC.orValue(false) || object.spec.?hostNetwork.orValue(false)",
                },
              ],
              validate: asking(["false"]),
            },
            others,
          ],
        }),
      ],
    },
  ],
  unknown: [
    {
      name: "a rule that a label leads out of",
      objects: [...askedOfKyverno, guarded({ preconditions: { all: [labelled] } })],
      reason: doubt("it also asks what whoever writes a pod can choose"),
    },
    ...[
      { key: "{{ request.object.spec.initContainers[] || `[]` | length(@) }}", operator: "GreaterThan", value: 0 },
      { key: "{{ request.object.spec.securityContext.seccompProfile.type || '' }}", operator: "NotEquals", value: "" },
    ].map((asked) => ({
      name: `a rule for pods with what they need not have: ${asked.key}`,
      objects: [...askedOfKyverno, guarded({ preconditions: { all: [asked] } })],
      reason: doubt("it also asks what whoever writes a pod can choose"),
    })),
    {
      name: "a condition that some releases of Kyverno fail on",
      objects: [...askedOfKyverno, guarded({ preconditions: { all: [{ ...is("hostPID"), key: "{{ request.object.spec.hostPID }}" }] } })],
      reason: doubt("conditions, labels, names or people choose what it sees"),
    },
    {
      name: "a level that is held under a condition",
      objects: [...askedOfKyverno, kyverno({}, { preconditions: { any: HOST } })],
      reason: doubt("conditions, labels, names or people choose what it sees"),
    },
  ],
});
