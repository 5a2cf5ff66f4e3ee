import { configMap, deployment, engineWebhook, namespace } from "../../inventory/testing";
import { nativePolicy } from "../admission/testing-native-policies";
import { describeControl } from "../testing";
import control from "./image-registry-policy-enforced";

const repos = (spec: object = {}) => ({ apiVersion: "constraints.gatekeeper.sh/v1beta1", kind: "K8sAllowedRepos", metadata: { name: "ours" }, spec });
const kyverno = (name: string, validate: object) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name },
  spec: { validationFailureAction: "Enforce", rules: [{ match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate }] },
});

const exception = (resources: object = {}) => ({
  apiVersion: "kyverno.io/v2",
  kind: "PolicyException",
  metadata: { name: "legacy", namespace: "shop" },
  spec: { exceptions: [{ policyName: "restrict-*", ruleNames: ["*"] }], match: { all: [{ resources: { kinds: ["Pod"], ...resources } }] } },
});
const running = deployment({
  name: "policy",
  namespace: "guard",
  container: { image: "ghcr.io/kyverno/kyverno:v1.17.1", args: ["--enablePolicyException=true"] },
});
const ours = deployment({ container: { image: "registry.corp/team/app:1.2.3" } });
const FROM = (prefix: string) => `(object.spec.containers + object.spec.?initContainers.orValue([])).all(c, c.image.startsWith('${prefix}'))`;
const strict = kyverno("restrict-image-registries", { pattern: {} });

describeControl(control, {
  fails: [
    { name: "Kyverno, with an exception for every pod", objects: [running, strict, exception()] },
    {
      name: "a policy for a namespace in which nothing runs",
      objects: [namespace(), deployment(), repos({ match: { namespaces: ["prod-*"] } }), engineWebhook("gatekeeper")],
    },
    { name: "no policy", objects: [deployment()] },
    { name: "a policy that is left of Gatekeeper", objects: [deployment(), repos(), engineWebhook()] },
    { name: "a policy that is left of Kyverno", objects: [deployment(), strict, engineWebhook("gatekeeper")] },
    { name: "a policy that only reports", objects: [deployment(), repos({ enforcementAction: "dryrun" })] },
    {
      name: "a policy about something else",
      objects: [deployment(), kyverno("no-privileged", { pattern: { spec: { containers: [{ securityContext: {} }] } } })],
    },
  ],
  passes: [
    {
      name: "a policy of the API server that lets in what is in use, and nothing from a registry that nobody knows",
      objects: [namespace(), ours, ...nativePolicy([FROM("registry.corp/")])],
      evidence: [{ path: "spec.failurePolicy", message: "ValidatingAdmissionPolicy guard limits registries." }],
    },
    {
      name: "a policy of the API server that names its registries in its parameters",
      objects: [
        namespace(),
        ours,
        configMap({ name: "registries", namespace: "guard", data: { first: "registry.corp/" } }),
        ...nativePolicy(
          ["variables.images.all(i, params.data.exists(k, i.startsWith(params.data[k])))"],
          {
            paramKind: { apiVersion: "v1", kind: "ConfigMap" },
            variables: [{ name: "images", expression: "(object.spec.containers + object.spec.?initContainers.orValue([])).map(c, c.image)" }],
          },
          { paramRef: { name: "registries", namespace: "guard", parameterNotFoundAction: "Deny" } },
        ),
      ],
    },
    {
      name: "Kyverno, with an exception for some pods",
      objects: [running, strict, exception({ names: ["legacy-*"] })],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy restrict-image-registries limits registries, but PolicyException shop/legacy takes some of them out of it.",
        },
      ],
    },
    { name: "Gatekeeper", objects: [deployment(), repos(), engineWebhook("gatekeeper")] },
    { name: "Kyverno", objects: [deployment(), engineWebhook(), kyverno("restrict-image-registries", { pattern: {} })] },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [
    {
      name: "a policy of the API server that refuses all that is in use",
      objects: [namespace(), ours, ...nativePolicy([FROM("registry.example.com/")], {}, {}, "allowed-repos")],
      reason: "ValidatingAdmissionPolicy allowed-repos looks at images; whether it limits registries is unknown.",
    },
    {
      name: "a policy of the API server on tags",
      objects: [namespace(), ours, ...nativePolicy(["object.spec.containers.all(c, !c.image.endsWith(':latest'))"])],
    },
    {
      name: "a policy of the API server on the registries of some containers",
      objects: [namespace(), ours, ...nativePolicy(["object.spec.containers.all(c, c.image.startsWith('registry.corp/'))"])],
    },
    { name: "Kyverno, with an exception that it may heed", objects: [deployment(), engineWebhook(), strict, exception()] },
    {
      name: "a policy that looks at images",
      objects: [deployment(), engineWebhook(), kyverno("images", { pattern: { spec: { containers: [{ image: "registry.example.com/*" }] } } })],
    },
    {
      name: "a policy of an engine of which nobody can tell whether it is asked",
      objects: [deployment(), strict],
      missing: ["webhooks"],
      reason: "Kyverno policy restrict-image-registries would limit registries, but whether a webhook of Kyverno asks it was not read.",
    },
    { name: "a set of manifests", objects: [deployment()], complete: false },
  ],
});
