import { deployment, engineWebhook, namespace } from "../inventory/testing";
import {
  kyvernoPolicy,
  nativePolicy,
  NO_HOST_FILES,
  NO_HOST_NAMESPACES,
  NO_PRIVILEGED,
  NO_PRIVILEGED_ADDED,
  TAKES_OVER_NOTHING,
} from "./admission/testing-native-policies";
import type { ControlCases } from "./testing";
import { exception, gatekeeperRuns, inCel, inCelException, running } from "./testing-pod-security-guards";

export const ENFORCE = "pod-security.kubernetes.io/enforce";
export const EVERYTHING = [{ operations: ["*"], apiGroups: ["*"], apiVersions: ["*"], resources: ["*"] }];
export const open = namespace({ labels: { [ENFORCE]: undefined, "pod-security.kubernetes.io/enforce-version": undefined } });
export const needsBaseline = deployment({ podSpec: { securityContext: { seccompProfile: undefined } } });
export const askedOfKyverno = [open, needsBaseline, engineWebhook("kyverno")];
export const askedOfGatekeeper = [open, needsBaseline, ...gatekeeperRuns];
export const TARGET = { kind: "Namespace", name: "shop" };

/** What psa-enforce-missing says of policies in CEL, of the API server and of Kyverno, which are tried. */
export const TRIED = {
  fails: [
    {
      name: "a policy of the API server that refuses privileged containers alone",
      objects: [open, needsBaseline, ...nativePolicy([NO_PRIVILEGED])],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "No level is enforced; the built-in default is privileged. ValidatingAdmissionPolicy guard lets through pods with the host's namespaces and files of the host.",
        },
      ],
    },
    {
      name: "a policy of the API server that leaves one of the host's namespaces open",
      objects: [open, needsBaseline, ...nativePolicy([NO_PRIVILEGED, NO_HOST_FILES, "!has(object.spec.hostPID) && !has(object.spec.hostIPC)"])],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message: "No level is enforced; the built-in default is privileged. ValidatingAdmissionPolicy guard lets through pods with the host's namespaces.",
        },
      ],
    },
    { name: "a policy of the API server on other things", objects: [open, needsBaseline, ...nativePolicy(["has(object.metadata.labels.team)"])] },
    {
      name: "a policy of the API server for other namespaces",
      objects: [open, needsBaseline, ...nativePolicy(TAKES_OVER_NOTHING, {}, { matchResources: { namespaceSelector: { matchLabels: { guarded: "yes" } } } })],
    },
    {
      name: "a policy in CEL that leaves rules out",
      objects: [
        ...askedOfKyverno,
        inCel({
          matchConstraints: {
            resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
            excludeResourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"], resourceNames: ["a"] }],
          },
        }),
      ],
    },
    { name: "a policy in CEL with an exception", objects: [open, needsBaseline, inCel(), ...running("true"), inCelException()] },
    {
      name: "an exception in CEL for whatever is true",
      objects: [open, needsBaseline, inCel(), ...running("true"), inCelException({ matchConditions: [{ name: "a", expression: " true " }] })],
    },
    {
      name: "a policy in CEL that sees only updates",
      objects: [
        ...askedOfKyverno,
        inCel({ matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["UPDATE"], resources: ["pods"] }] } }),
      ],
    },
    {
      name: "a policy in CEL about something else, whatever it is called",
      objects: [...askedOfKyverno, kyvernoPolicy(["has(object.metadata.labels.team)"], {}, { name: "disallow-privileged-containers" })],
    },
    { name: "a policy in CEL that only audits", objects: [...askedOfKyverno, inCel({ validationActions: ["Audit"] })] },
    {
      name: "a policy in CEL for chosen objects",
      objects: [...askedOfKyverno, inCel({ matchConstraints: { resourceRules: EVERYTHING, objectSelector: { matchLabels: { checked: "yes" } } } })],
    },
    {
      name: "a policy of the API server that a label leads past",
      objects: [
        open,
        needsBaseline,
        ...nativePolicy(TAKES_OVER_NOTHING, {}, { matchResources: { objectSelector: { matchExpressions: [{ key: "lax", operator: "DoesNotExist" }] } } }),
      ],
    },
    {
      name: "a policy that changes pods, and refuses none",
      objects: [
        open,
        needsBaseline,
        {
          apiVersion: "admissionregistration.k8s.io/v1beta1",
          kind: "MutatingAdmissionPolicy",
          metadata: { name: "guard" },
          spec: { ...Object(nativePolicy([])[0]).spec, reinvocationPolicy: "Never", mutations: [{ patchType: "JSONPatch", jsonPatch: { expression: "[]" } }] },
        },
        {
          apiVersion: "admissionregistration.k8s.io/v1beta1",
          kind: "MutatingAdmissionPolicyBinding",
          metadata: { name: "guard" },
          spec: { policyName: "guard" },
        },
      ],
    },
    {
      name: "policies in CEL of which one only audits",
      objects: [
        ...askedOfKyverno,
        kyvernoPolicy([NO_PRIVILEGED, NO_HOST_NAMESPACES]),
        kyvernoPolicy([NO_HOST_FILES], { validationActions: ["Audit"] }, { name: "files" }),
      ],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message: "No level is enforced; the built-in default is privileged. ValidatingPolicy guard lets through pods with files of the host.",
        },
      ],
    },
    { name: "a policy in CEL that no webhook asks", objects: [...askedOfGatekeeper, inCel()] },
  ],
  passes: [
    {
      name: "a policy of the API server refuses what takes over a node",
      objects: [open, needsBaseline, ...nativePolicy(TAKES_OVER_NOTHING)],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message: "ValidatingAdmissionPolicy guard refuses pods here that take over a node. Containers that are added to a running pod are not seen.",
        },
      ],
    },
    {
      name: "a policy of the API server that looks at containers that are added too",
      objects: [
        open,
        needsBaseline,
        ...nativePolicy([...TAKES_OVER_NOTHING, NO_PRIVILEGED_ADDED], {
          matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["pods", "pods/ephemeralcontainers"] }] },
        }),
      ],
      evidence: [{ path: `metadata.labels["${ENFORCE}"]`, message: "ValidatingAdmissionPolicy guard refuses pods here that take over a node." }],
    },
    {
      name: "a policy of the API server that leaves out one administrator",
      objects: [
        open,
        needsBaseline,
        ...nativePolicy(TAKES_OVER_NOTHING, { matchConditions: [{ name: "others", expression: "request.userInfo.username != 'root@example.com'" }] }),
      ],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "ValidatingAdmissionPolicy guard refuses pods here that take over a node. Who makes a pod has a say: whom a policy leaves out by name may make any. Containers that are added to a running pod are not seen.",
        },
      ],
    },
    {
      name: "several policies of the API server do so together",
      objects: [open, needsBaseline, ...TAKES_OVER_NOTHING.flatMap((expression, index) => nativePolicy([expression], {}, {}, `guard-${index}`))],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "ValidatingAdmissionPolicy guard-0, guard-1 and guard-2 refuse pods here that take over a node. Containers that are added to a running pod are not seen.",
        },
      ],
    },
    {
      name: "an exception that has run out",
      objects: [open, inCel(), ...running("true"), inCelException({ expiresAt: "2026-11-24T00:00:00Z" })],
      target: TARGET,
    },
    {
      name: "an exception of the other kind of policy",
      objects: [open, inCel(), ...running("true"), exception({}, { exceptions: [{ policyName: "*", ruleNames: ["*"] }] })],
      target: TARGET,
    },
    { name: "a policy in CEL that leaves its action to the default", objects: [open, engineWebhook("kyverno"), inCel({ validationActions: undefined })] },
    {
      name: "a policy in CEL that refuses what takes over a node",
      objects: [open, engineWebhook("kyverno"), inCel()],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message: "ValidatingPolicy no-takeover refuses pods here that take over a node. Containers that are added to a running pod are not seen.",
        },
      ],
    },
    { name: "one that the API server judges by itself", objects: [open, { ...inCel(), status: { generated: true } }] },
    {
      name: "policies of the API server for one of the host's namespaces each",
      objects: [
        open,
        ...nativePolicy([NO_PRIVILEGED, NO_HOST_FILES]),
        ...["hostNetwork", "hostPID", "hostIPC"].flatMap((field) => nativePolicy([`!object.spec.?${field}.orValue(false)`], {}, {}, field.toLowerCase())),
      ],
    },
    {
      name: "a policy of the API server and one of Kyverno together",
      objects: [open, engineWebhook("kyverno"), ...nativePolicy([NO_PRIVILEGED, NO_HOST_NAMESPACES]), kyvernoPolicy([NO_HOST_FILES], {}, { name: "files" })],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "ValidatingAdmissionPolicy guard and ValidatingPolicy files refuse pods here that take over a node. Containers that are added to a running pod are not seen.",
        },
      ],
    },
  ],
  unknown: [
    {
      name: "a policy of the API server whose conditions cannot be evaluated",
      objects: [
        open,
        needsBaseline,
        ...nativePolicy(TAKES_OVER_NOTHING, { matchConditions: [{ name: "some", expression: "authorizer.requestResource.check('x').allowed()" }] }),
      ],
      reason:
        "ValidatingAdmissionPolicy guard may refuse pods here that take over a node, but what it asks cannot be evaluated here: there is no function called allowed that takes what it is given here.",
    },
    {
      name: "a policy in CEL whose engine cannot be looked for",
      objects: [open, inCel()],
      missing: ["webhooks"],
      reason: "ValidatingPolicy no-takeover may refuse pods here that take over a node, but neither webhooks nor settings show that its engine is asked here.",
    },
    {
      name: "a policy in CEL that asks for other objects",
      objects: [
        open,
        engineWebhook("kyverno"),
        inCel({ matchConditions: [{ name: "some", expression: "resource.Get('v1', 'configmaps', 'guard', 'settings').data.on == 'yes'" }] }),
      ],
      reason:
        "ValidatingPolicy no-takeover may refuse pods here that take over a node, but what it asks cannot be evaluated here: there is no function called Get that takes what it is given here.",
    },
    {
      name: "an exception in CEL for chosen objects",
      objects: [open, inCel(), ...running("true"), inCelException({ matchConditions: [{ name: "a", expression: "x" }] })],
    },
    {
      name: "an exception in CEL outside of the chosen namespace, which older releases heed",
      objects: [open, inCel(), ...running("true", "a", ["--exceptionNamespace=guard"]), inCelException()],
    },
  ],
} satisfies ControlCases;
