import { engineWebhook, deployment, namespace } from "../../inventory/testing";
import { controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { nativePolicy, NO_HOST_FILES } from "../admission/testing-native-policies";
import { describeControl } from "../testing";
import { template } from "../testing-admission-policies";
import { ours } from "../testing-kyverno-registries";
import { server } from "../testing-pod-security-guards";
import { FROM, OF_IMAGES, repos, UNMOUNTED } from "../testing-registry-policies";
import control from "./image-registry-policy-enforced";

const objects = [namespace(), deployment(), server];
const OF_CONTAINERS = FROM("registry.corp/");
const OF_VOLUMES = "object.spec.?volumes.orValue([]).all(v, !has(v.image) || v.image.reference.startsWith('registry.corp/'))";
const NO_IMAGE_VOLUMES = "object.spec.?volumes.orValue([]).all(v, !has(v.image))";
const LIMITS = "ValidatingAdmissionPolicy guard limits registries. Containers that are added to a running pod are not seen.";
const ASKS = "The API server asks a webhook about the images of all containers.";
const byEngine = (rego: string) => [deployment(), engineWebhook("gatekeeper"), template(`${OF_IMAGES}\n${rego}`, "K8sAllowedRepos"), repos()];

/** What an API server takes, and what it reads from files, from some version on. */
describeControl(control, {
  fails: [{ name: "a file of the API server, before it could name policies", objects, kubeVersion: "1.36" }],
  passes: [
    {
      name: "a policy on containers, where images are volumes",
      objects: [namespace(), ours, ...nativePolicy([OF_CONTAINERS])],
      kubeVersion: "1.35",
      evidence: [{ path: "spec.failurePolicy", message: `${LIMITS} ${UNMOUNTED}` }],
    },
    {
      name: "a policy on containers, before images could be volumes",
      objects: [namespace(), ours, ...nativePolicy([OF_CONTAINERS])],
      kubeVersion: "1.34",
      evidence: [{ path: "spec.failurePolicy", message: LIMITS }],
    },
    {
      name: "a policy on containers and volumes",
      objects: [namespace(), ours, ...nativePolicy([OF_CONTAINERS, OF_VOLUMES])],
      kubeVersion: "1.35",
      evidence: [{ path: "spec.failurePolicy", message: LIMITS }],
    },
    ...[
      { kubeVersion: "1.34", message: ASKS },
      { kubeVersion: "1.35", message: `${ASKS} ${UNMOUNTED}` },
    ].map(({ kubeVersion, message }) => ({
      name: `the API server asks a webhook, in ${kubeVersion}`,
      objects: [namespace(), deployment(), ...controlPlaneOf("kube-apiserver")("--enable-admission-plugins=ImagePolicyWebhook")],
      kubeVersion,
      evidence: [{ path: "spec.containers[0].command[1]", message }],
    })),
    {
      name: "a policy on containers that speaks of volumes for another reason",
      objects: [namespace(), ours, ...nativePolicy([OF_CONTAINERS, NO_HOST_FILES])],
      evidence: [{ path: "spec.failurePolicy", message: `${LIMITS} ${UNMOUNTED}` }],
    },
    {
      name: "a policy on containers, and one on volumes beside it",
      objects: [namespace(), ours, ...nativePolicy([OF_CONTAINERS]), ...nativePolicy([OF_VOLUMES], {}, {}, "of-volumes")],
      evidence: [{ path: "spec.failurePolicy", message: LIMITS }],
    },
    {
      name: "a policy on containers, and one that lets no image be a volume beside it",
      objects: [namespace(), ours, ...nativePolicy([OF_CONTAINERS]), ...nativePolicy([NO_IMAGE_VOLUMES], {}, {}, "no-images")],
      evidence: [{ path: "spec.failurePolicy", message: LIMITS }],
    },
    {
      name: "Gatekeeper, of containers, which speaks of volumes for another reason",
      objects: byEngine("violation[{}] { input.review.object.spec.volumes[_].hostPath }"),
      evidence: [{ path: "spec.enforcementAction", message: `Gatekeeper policy ours limits registries. ${UNMOUNTED}` }],
    },
    {
      name: "Gatekeeper, of containers and volumes",
      objects: byEngine("violation[{}] { not allowed(input.review.object.spec.volumes[_].image.reference) }"),
      evidence: [{ path: "spec.enforcementAction", message: "Gatekeeper policy ours limits registries." }],
    },
  ],
  unknown: [
    {
      name: "a file of the API server that may name policies",
      objects,
      kubeVersion: "1.37",
      reason: "The API server reads settings of admission from a file that the API does not show; since Kubernetes 1.37 it may bring policies of its own.",
    },
  ],
});
