import { template } from "./testing-admission-policies";

/** Policies that limit the registries of images: constraints of Gatekeeper with their templates, and conditions in CEL. */
export const repos = (spec: object = {}) => ({ apiVersion: "constraints.gatekeeper.sh/v1beta1", kind: "K8sAllowedRepos", metadata: { name: "ours" }, spec });
export const OF_IMAGES = "package repos\nviolation[{}] { not allowed(input.review.object.spec.containers[_].image) }";
export const templates = ["K8sAllowedRepos", "K8sAllowedReposv2", "K8sDisallowedRepos"].map((kind) => template(OF_IMAGES, kind));
/** All containers that a pod is made with. */
export const ALL = "(object.spec.containers + object.spec.?initContainers.orValue([]))";
export const FROM = (prefix: string) => `${ALL}.all(c, c.image.startsWith('${prefix}'))`;
/** What policies on registries do not see, as is said of them. */
export const UNMOUNTED = "Images that are mounted as volumes are not seen.";
export const UNSEEN = `Containers that are added to a running pod are not seen. ${UNMOUNTED}`;
