import { deployment, engineWebhook, namespace } from "../../inventory/testing";
import { kyvernoPolicy, nativePolicy } from "../admission/testing-native-policies";
import { describeControl } from "../testing";
import { askedHere, FROM_CORP, onPods, ours } from "../testing-kyverno-registries";
import { ALL, FROM, repos, templates, UNMOUNTED, UNSEEN } from "../testing-registry-policies";
import control from "./image-registry-policy-enforced";

const FROM_ADDED = "object.spec.?ephemeralContainers.orValue([]).all(c, c.image.startsWith('registry.corp/'))";
const ruled = (operations: readonly string[], resources: readonly string[] = ["pods"]) => ({
  matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations, resources }] },
});
const madeAlone = (name: string) => ({
  ...engineWebhook(),
  metadata: { name },
  webhooks: [{ name, rules: [{ operations: ["CREATE"], resources: ["pods"] }] }],
});
const ofCreation = madeAlone("validation.gatekeeper.sh");
const underCondition = (expression: string) => ({
  ...ofCreation,
  webhooks: [{ name: "validation.gatekeeper.sh", rules: [{ operations: ["*"], resources: ["*"] }], matchConditions: [{ name: "one", expression }] }],
});
const ONCE = "limits the registries of new pods alone: the image of a running pod may be changed to any.";
const strict = onPods("restrict-image-registries", FROM_CORP);

/** Images of a pod are changed, and containers added to it, after it was made. */
describeControl(control, {
  fails: [
    {
      name: "a policy of the API server on new pods alone",
      objects: [namespace(), ours, ...nativePolicy([FROM("registry.corp/")], ruled(["CREATE"]))],
      evidence: [{ path: "spec.failurePolicy", message: `ValidatingAdmissionPolicy guard ${ONCE}` }],
    },
    {
      name: "a policy of the API server that leaves out changes of a pod by its name, which anybody may give one",
      objects: [
        namespace(),
        ours,
        ...nativePolicy([FROM("registry.corp/")], {
          matchConstraints: {
            ...ruled(["CREATE", "UPDATE"]).matchConstraints,
            excludeResourceRules: [{ ...ruled(["UPDATE"]).matchConstraints.resourceRules[0], resourceNames: ["debug"] }],
          },
        }),
      ],
      evidence: [{ path: "spec.failurePolicy", message: `ValidatingAdmissionPolicy guard ${ONCE}` }],
    },
    {
      name: "a policy of the API server whose condition leaves out what is changed",
      objects: [
        namespace(),
        ours,
        ...nativePolicy([FROM("registry.corp/")], { matchConditions: [{ name: "made", expression: "request.operation == 'CREATE'" }] }),
      ],
    },
    {
      name: "a policy of the API server that lets a pod be changed as it likes",
      objects: [namespace(), ours, ...nativePolicy([`oldObject != null || ${FROM("registry.corp/")}`])],
    },
    {
      name: "a policy in CEL on new pods alone",
      objects: [namespace(), ours, engineWebhook(), kyvernoPolicy([FROM("registry.corp/")], ruled(["CREATE"]))],
      evidence: [{ path: "spec.validationActions", message: `Kyverno policy guard ${ONCE}` }],
    },
    {
      name: "a policy in CEL of a Kyverno that is not asked about changes",
      objects: [namespace(), ours, madeAlone("validate.kyverno.svc"), kyvernoPolicy([FROM("registry.corp/")])],
      evidence: [{ path: "spec.validationActions", message: `Kyverno policy guard ${ONCE}` }],
    },
    {
      name: "Kyverno, on new pods alone",
      objects: [
        ...askedHere,
        {
          ...strict,
          spec: { ...strict.spec, rules: [{ match: { any: [{ resources: { kinds: ["Pod"], operations: ["CREATE"] } }] }, validate: FROM_CORP }] },
        },
      ],
      evidence: [{ path: "spec.validationFailureAction", message: `Kyverno policy restrict-image-registries ${ONCE}` }],
    },
    {
      name: "Kyverno, under a precondition that leaves out what is changed",
      objects: [
        ...askedHere,
        {
          ...strict,
          spec: {
            ...strict.spec,
            rules: strict.spec.rules.map((rule) => ({
              ...rule,
              preconditions: { all: [{ key: "{{ request.operation || 'BACKGROUND' }}", operator: "Equals", value: "CREATE" }] },
            })),
          },
        },
      ],
    },
    {
      name: "Gatekeeper, whose webhook is asked about everything, under a condition that there was nothing before",
      objects: [deployment(), repos(), ...templates, underCondition("oldObject == null")],
      evidence: [{ path: "spec.enforcementAction", message: `Gatekeeper policy ours ${ONCE}` }],
    },
    {
      name: "Gatekeeper, whose webhook is asked about new pods alone",
      objects: [deployment(), repos(), ...templates, ofCreation],
      evidence: [{ path: "spec.enforcementAction", message: `Gatekeeper policy ours ${ONCE}` }],
    },
  ],
  passes: [
    {
      name: "a policy of the API server that looks at containers that are added too",
      objects: [namespace(), ours, ...nativePolicy([FROM("registry.corp/"), FROM_ADDED], ruled(["CREATE", "UPDATE"], ["pods", "pods/ephemeralcontainers"]))],
      evidence: [{ path: "spec.failurePolicy", message: `ValidatingAdmissionPolicy guard limits registries. ${UNMOUNTED}` }],
    },
    {
      name: "a policy of the API server that looks at containers that are added to pods of one name",
      objects: [
        namespace(),
        ours,
        ...nativePolicy([FROM("registry.corp/"), FROM_ADDED], {
          matchConstraints: {
            resourceRules: [
              ...ruled(["CREATE", "UPDATE"]).matchConstraints.resourceRules,
              { ...ruled(["UPDATE"], ["pods/ephemeralcontainers"]).matchConstraints.resourceRules[0], resourceNames: ["debug"] },
            ],
          },
        }),
      ],
      evidence: [{ path: "spec.failurePolicy", message: `ValidatingAdmissionPolicy guard limits registries. ${UNSEEN}` }],
    },
    {
      name: "a policy of the API server that only audits containers that are added",
      objects: [
        namespace(),
        ours,
        ...nativePolicy([FROM("registry.corp/"), FROM_ADDED], ruled(["CREATE", "UPDATE"], ["pods", "pods/ephemeralcontainers"]), {
          matchResources: { resourceRules: ruled(["CREATE", "UPDATE"]).matchConstraints.resourceRules },
        }),
        {
          apiVersion: "admissionregistration.k8s.io/v1",
          kind: "ValidatingAdmissionPolicyBinding",
          metadata: { name: "more" },
          spec: { policyName: "guard", validationActions: ["Audit"] },
        },
      ],
      evidence: [{ path: "spec.failurePolicy", message: `ValidatingAdmissionPolicy guard limits registries. ${UNSEEN}` }],
    },
    {
      name: "a policy of the API server that lets alone what is there already",
      objects: [
        namespace(),
        ours,
        ...nativePolicy([
          `${FROM("registry.corp/")} || (oldObject != null && object.spec.containers == oldObject.spec.containers && object.spec.?initContainers == oldObject.spec.?initContainers)`,
        ]),
      ],
    },
    {
      name: "a policy in CEL",
      objects: [namespace(), ours, engineWebhook(), kyvernoPolicy([FROM("registry.corp/"), FROM_ADDED], ruled(["*"], ["pods", "pods/ephemeralcontainers"]))],
      evidence: [{ path: "spec.validationActions", message: `Kyverno policy guard limits registries. ${UNMOUNTED}` }],
    },
    {
      name: "a policy in CEL of a Kyverno that is not asked about containers that are added",
      objects: [
        namespace(),
        ours,
        { ...madeAlone("kyverno"), webhooks: [{ name: "validate.kyverno.svc", rules: [{ operations: ["*"], resources: ["pods"] }] }] },
        kyvernoPolicy([FROM("registry.corp/"), FROM_ADDED], ruled(["*"], ["pods", "pods/ephemeralcontainers"])),
      ],
      evidence: [{ path: "spec.validationActions", message: `Kyverno policy guard limits registries. ${UNSEEN}` }],
    },
    {
      name: "Gatekeeper, whose webhook is not asked about containers that are added",
      objects: [
        deployment(),
        repos(),
        ...templates,
        { ...ofCreation, webhooks: [{ name: "validation.gatekeeper.sh", rules: [{ operations: ["*"], resources: ["pods"] }] }] },
      ],
      evidence: [{ path: "spec.enforcementAction", message: `Gatekeeper policy ours limits registries. ${UNSEEN}` }],
    },
  ],
  unknown: [
    {
      name: "a policy of the API server that lets through what it fails on where a pod is changed",
      objects: [
        namespace(),
        ours,
        ...nativePolicy(
          [
            `oldObject == null ? ${FROM("registry.corp/")} : ${ALL}.filter(c, c.securityContext.privileged || !c.image.startsWith('registry.corp/')).size() == 0`,
          ],
          {
            failurePolicy: "Ignore",
          },
        ),
      ],
      reason:
        "ValidatingAdmissionPolicy guard limits the registries of new pods; whether it does so where images are changed cannot be told: it lets through pods that its expressions fail on.",
    },
  ],
});
