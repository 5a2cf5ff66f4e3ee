import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { configMap, deployment, engineWebhook, namespace } from "../../inventory/testing";
import { kyvernoPolicy, nativePolicy } from "../admission/testing-native-policies";
import { describeControl } from "../testing";
import { template } from "../testing-admission-policies";
import { askedHere, FROM_CORP, HALF, onPods, ours, RULES_ON_REGISTRIES } from "../testing-kyverno-registries";
import { ALL, FROM, OF_IMAGES, repos, templates, UNMOUNTED, UNSEEN } from "../testing-registry-policies";
import control from "./image-registry-policy-enforced";

const gatekeeperRuns = [engineWebhook("gatekeeper"), ...templates];
const ofOurs = (rego: string) => [...gatekeeperRuns, template(rego, "OursAllowedRegistries"), { ...repos(), kind: "OursAllowedRegistries" }];
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
const MANY = Array.from({ length: 25 }, (_, i) => deployment({ name: `many-${i}`, container: { image: `ghcr.io/team/app-${i}:1` } }));
const strict = onPods("restrict-image-registries", FROM_CORP);

describeControl(control, {
  fails: [
    ...RULES_ON_REGISTRIES.fails,
    { name: "Kyverno, with an exception for every pod", objects: [running, strict, exception()] },
    {
      name: "a policy for a namespace in which nothing runs",
      objects: [namespace(), deployment(), repos({ match: { namespaces: ["prod-*"] } }), ...gatekeeperRuns],
    },
    {
      name: "Gatekeeper, by a template that is called so and asks for a label",
      objects: [deployment(), ...ofOurs("package label\nviolation[{}] { not input.review.object.metadata.labels.owner }")],
      evidence: [{ path: "", message: "No policy that denies limits where images come from." }],
    },
    {
      name: "a policy of the API server on tags",
      objects: [namespace(), ours, ...nativePolicy(["object.spec.containers.all(c, !c.image.endsWith(':latest'))"])],
    },
    { name: "no policy", objects: [deployment()] },
    {
      name: "a policy of the API server on the registries of some containers",
      objects: [namespace(), ours, ...nativePolicy(["object.spec.containers.all(c, c.image.startsWith('registry.corp/'))"])],
      evidence: [{ path: "spec.failurePolicy", message: `ValidatingAdmissionPolicy guard ${HALF}` }],
    },
    {
      name: "a policy of the API server whose registry may be the beginning of another's name",
      objects: [namespace(), ours, ...nativePolicy([FROM("registry.corp")])],
      evidence: [
        {
          path: "spec.failurePolicy",
          message:
            "ValidatingAdmissionPolicy guard lets in registry.corp.stranger.example.net/team/app:1.2.3 too, which is of another registry than those it names.",
        },
      ],
    },
    {
      name: "a policy of the API server of which one registry of several may be the beginning of another's name",
      objects: [
        namespace(),
        deployment({ name: "closed", container: { image: "registry.corp/team/app:1.2.3" } }),
        deployment({ container: { image: "nginx:1.29" } }),
        ...nativePolicy([`${ALL}.all(c, c.image.startsWith('registry.corp/') || c.image.startsWith('nginx'))`]),
      ],
      evidence: [
        {
          path: "spec.failurePolicy",
          message:
            "ValidatingAdmissionPolicy guard lets in nginx.stranger.example.net/library/nginx:1.29 too, which is of another registry than those it names.",
        },
      ],
    },
    {
      name: "a policy of the API server whose registry may be the beginning of another's name, and which refuses an image of it by its tag",
      objects: [
        namespace(),
        ours,
        deployment({ name: "late", container: { image: "registry.corp/team/app:latest" } }),
        ...nativePolicy([`${ALL}.all(c, c.image.startsWith('registry.corp') && !c.image.endsWith(':latest'))`]),
      ],
      evidence: [{ path: "spec.failurePolicy" }],
    },
    {
      name: "a policy of the API server whose registry may be the beginning of another's name, behind many images of one that is closed",
      objects: [namespace(), ...MANY, ours, ...nativePolicy([`${ALL}.all(c, c.image.startsWith('ghcr.io/') || c.image.startsWith('registry.corp'))`])],
      evidence: [{ path: "spec.failurePolicy" }],
    },
    {
      name: "a policy of the API server that finds its registry anywhere in the name of an image",
      objects: [namespace(), ours, ...nativePolicy([`${ALL}.all(c, c.image.contains('registry.corp/'))`])],
      evidence: [
        {
          path: "spec.failurePolicy",
          message:
            "ValidatingAdmissionPolicy guard lets in stranger.example.net/registry.corp/team/app:1.2.3 too, which is of another registry than those it names.",
        },
      ],
    },
    {
      name: "Gatekeeper, whose registry may be the beginning of another's name",
      objects: [deployment(), repos({ parameters: { repos: ["ghcr.io/team/", "registry.corp"] } }), ...gatekeeperRuns],
      evidence: [
        {
          path: "spec.enforcementAction",
          message: "Gatekeeper policy ours lets in registry.corp.stranger.example.net/app too, which is of another registry than those it names.",
        },
      ],
    },
    {
      name: "Gatekeeper, whose star lets in every registry",
      objects: [deployment(), { ...repos({ parameters: { allowedImages: ["*"] } }), kind: "K8sAllowedReposv2" }, ...gatekeeperRuns],
      evidence: [
        {
          path: "spec.enforcementAction",
          message: "Gatekeeper policy ours lets in stranger.example.net/app too, which is of another registry than those it names.",
        },
      ],
    },
    {
      name: "Gatekeeper, of registries that are forbidden, which lets in all others",
      objects: [deployment(), { ...repos({ parameters: { repos: ["docker.io/"] } }), kind: "K8sDisallowedRepos" }, ...gatekeeperRuns],
      evidence: [
        {
          path: "spec.enforcementAction",
          message: "Gatekeeper policy ours lets in stranger.example.net/app too, which is of another registry than those it names.",
        },
      ],
    },
    {
      name: "a policy in CEL, called so, that asks for a label",
      objects: [deployment(), engineWebhook(), kyvernoPolicy(["has(object.metadata.labels.team)"], {}, { name: "allowed-repos" })],
    },
    { name: "a policy that is left of Gatekeeper", objects: [deployment(), repos(), engineWebhook()] },
    { name: "a policy that is left of Kyverno", objects: [deployment(), strict, ...gatekeeperRuns] },
    { name: "a policy that only reports", objects: [deployment(), repos({ enforcementAction: "dryrun" })] },
    {
      name: "a policy about something else",
      objects: [deployment(), onPods("no-privileged", { pattern: { spec: { containers: [{ securityContext: {} }] } } })],
    },
  ],
  passes: [
    ...RULES_ON_REGISTRIES.passes,
    {
      name: "the API server asks a webhook",
      objects: [
        namespace(),
        deployment(),
        ...controlPlaneOf("kube-apiserver")("--enable-admission-plugins=ImagePolicyWebhook", "--enable-admission-plugins=NodeRestriction"),
      ],
      evidence: [{ path: "spec.containers[0].command[1]", value: "ImagePolicyWebhook" }],
    },
    {
      name: "a policy of the API server that lets in what is in use, and nothing from a registry that nobody knows",
      objects: [namespace(), ours, ...nativePolicy([FROM("registry.corp/")])],
      evidence: [{ path: "spec.failurePolicy", message: `ValidatingAdmissionPolicy guard limits registries. ${UNSEEN}` }],
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
      objects: [namespace(), ours, running, strict, exception({ names: ["legacy-*"] })],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: `Kyverno policy restrict-image-registries limits registries, but PolicyException shop/legacy takes some of them out of it. ${UNMOUNTED}`,
        },
      ],
    },
    {
      name: "Gatekeeper",
      objects: [deployment(), repos(), ...gatekeeperRuns],
      evidence: [{ path: "spec.enforcementAction", message: `Gatekeeper policy ours limits registries. ${UNMOUNTED}` }],
    },
    {
      name: "Gatekeeper, of registries",
      objects: [deployment(), repos({ parameters: { repos: ["ghcr.io/team", "registry.corp:5000"] } }), ...gatekeeperRuns],
    },
    {
      name: "Gatekeeper, of names that are whole, or end with a star",
      objects: [deployment(), { ...repos({ parameters: { allowedImages: ["nginx", "registry.corp/*"] } }), kind: "K8sAllowedReposv2" }, ...gatekeeperRuns],
    },
    { name: "a policy of the API server that refuses most images in use", objects: [namespace(), ...MANY, ours, ...nativePolicy([FROM("registry.corp/")])] },
    {
      name: "a policy of the API server on a registry with a port",
      objects: [
        namespace(),
        deployment({ container: { image: "registry.corp:5000/team/app:1.2.3" } }),
        ...nativePolicy([`${ALL}.all(c, c.image.startsWith('registry.corp:5000'))`]),
      ],
    },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [
    ...[
      { objects: ofOurs(OF_IMAGES), because: "what its template refuses is not evaluated here" },
      { objects: [repos(), engineWebhook("gatekeeper")], because: "its template was not read" },
    ].map(({ objects, because }) => ({
      name: `Gatekeeper, of which it is known that ${because}`,
      objects: [deployment(), ...objects],
      reason: `Gatekeeper policy ours would limit registries, but ${because}.`,
    })),
    ...RULES_ON_REGISTRIES.unknown,
    {
      name: "a policy of the API server that refuses all that is in use",
      objects: [namespace(), ours, ...nativePolicy([FROM("registry.example.com/")], {}, {}, "allowed-repos")],
      reason: "ValidatingAdmissionPolicy allowed-repos looks at images; whether it limits registries is unknown.",
    },
    {
      name: "a policy on who signed images, whatever it is called",
      objects: [
        deployment(),
        engineWebhook(),
        {
          ...kyvernoPolicy(["images.containers.map(i, verifyImageSignatures(i, [attestors.us])).all(n, n > 0)"], {}, { name: "allowed-registries" }),
          kind: "ImageValidatingPolicy",
        },
      ],
      reason: "Kyverno policy allowed-registries looks at images; whether it limits registries is unknown.",
    },
    { name: "Kyverno, with an exception that it may heed", objects: [...askedHere, strict, exception()] },
    ...[
      { kind: "K8sAzureV2ContainerAllowedImages", parameters: { imageRegex: "^.+$" } },
      { kind: "K8sAIApprovedModelRegistry", parameters: { approvedRegistries: ["registry.corp/"] } },
    ].map(({ kind, parameters }) => ({
      name: `a list of images that is not evaluated: ${kind}`,
      objects: [deployment(), { ...repos({ parameters }), kind }, ...gatekeeperRuns],
      reason: "Gatekeeper policy ours looks at images; whether it limits registries is unknown.",
    })),
    {
      name: "a policy of an engine of which nobody can tell whether it is asked",
      objects: [namespace(), ours, strict],
      missing: ["webhooks"],
      reason: "Kyverno policy restrict-image-registries would limit registries, but whether a webhook of Kyverno asks it was not read.",
    },
    { name: "a set of manifests", objects: [deployment()], complete: false },
  ],
});
