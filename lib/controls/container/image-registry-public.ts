import { isUnder, parseImageReference } from "../../inventory/images/image-reference";
import { listPodImages } from "../../inventory/images/pod-images";
import { text } from "../../model/json";
import { containersCommand, OF_IMAGES } from "../containers-command";
import { defineControl, unknown, type Weakness, weakness } from "../define";
import { judgeImages } from "../image-answer";

/** Projects of Google Cloud whose images everybody pulls. */
const PUBLIC_PROJECTS = [
  "buildpacks",
  "cadvisor",
  "cloud-builders",
  "cloud-marketplace[\\w-]*",
  "cloud-provider-vsphere",
  "cloud-sql-connectors",
  "cloudsql-docker",
  "datadoghq",
  "distroless",
  "endpoints-release",
  "etcd-development",
  "gke-release[\\w-]*",
  "go-containerregistry",
  "google[-_]containers",
  "google[-_]samples",
  "google-appengine",
  "heptio-images",
  "istio-(?:release|testing)",
  "k8s-[\\w-]+",
  "kaniko-project",
  "knative-(?:nightly|releases)",
  "kuar-demo",
  "kubebuilder",
  "kubecost1",
  "kubeflow-images-public",
  "kubernetes-[\\w-]+",
  "linkerd-io",
  "ml-pipeline",
  "paketo-buildpacks",
  "projectcontour",
  "projectsigstore",
  "spark-operator",
  "tekton-(?:nightly|releases)",
] as const;

/** Container Registry and Artifact Registry, each with a place for the images of every project. */
const OF_GOOGLE_CLOUD = "^(?:(?:(?:asia|eu|us)\\.)?gcr\\.io|[a-z0-9-]+-docker\\.pkg\\.dev)/";

const PUBLIC: readonly RegExp[] = [
  /^(?:(?:registry-1\.)?docker\.io|registry\.hub\.docker\.com)\//,
  /^quay\.io\//,
  /^ghcr\.io\//,
  /^public\.ecr\.aws\//,
  /^(?:mirror|launcher|marketplace)\.gcr\.io\//,
  new RegExp(`${OF_GOOGLE_CLOUD}(?:${PUBLIC_PROJECTS.join("|")})/`),
  /^registry\.gitlab\.com\//,
  /^lscr\.io\//,
  /^cgr\.dev\/chainguard\//,
  /^registry\.(?:access\.redhat\.com|redhat\.io|suse\.com|opensuse\.org|fedoraproject\.org|datadoghq\.com)\//,
  /^container-registry\.oracle\.com\//,
  // Of one project or company each.
  /^(?:reg\.kyverno\.io|cr\.(?:fluentbit\.io|l5d\.io|weaviate\.io)|docker\.n8n\.io|xpkg\.(?:crossplane|upbound)\.io)\//,
  /^docker\.elastic\.co\//,
  /^nvcr\.io\//,
  /^(?:registry\.k8s|k8s\.gcr)\.io\//,
  /^mcr\.microsoft\.com\//,
];
/**
 * Each project of Google Cloud had a place there, many of them for everybody: whose it is, the name does not tell. Artifact Registry, like ECR and
 * ACR, is closed unless somebody opens it.
 */
const OF_SOME_PROJECT = /^(?:(?:asia|eu|us)\.)?gcr\.io\/([^/]+)\//;

/** Where Kubernetes and a cloud publish what they put into platform namespaces themselves. */
const OF_PLATFORM = /^(?:registry\.k8s\.io|mcr\.microsoft\.com)\//;

export default defineControl({
  id: "image-registry-public",
  layer: "container",
  severity: "low",
  title: "Images come from a registry of your own",
  failure: "pulls an image from a public registry",
  why: "A public registry can be down, limit pulls, or serve another image under the same tag tomorrow. A copy of your own is scanned once and stays what it is.",
  action: "Mirror public images into a registry of your own",
  fix: "Mirror the image into a registry of your own, or use a pull-through cache, and use it from there.",
  verify: containersCommand(".image", {}, OF_IMAGES),
  lookFor:
    "An image of a public registry after the name of a container or volume, such as ghcr.io, quay.io or Docker Hub (which an image without a registry comes from).",
  tips: ["S5"],
  frameworks: { nsa: ["BI"], mitre: ["T1195.002"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/containers/images/"],
  subject: "workload",
  reads: [],
  subsumedBy: ["image-registry-untrusted"],
  check: ({ workload, pod }, { settings }) => {
    const isOwn = (repository: string) =>
      settings.trustedRegistries.some((entry) => isUnder(repository, entry)) || (workload.scope === "platform" && OF_PLATFORM.test(repository));
    const found = listPodImages(pod).flatMap(({ path, value, label, container }): Weakness[] => {
      const reference = parseImageReference(text(value) ?? "");
      if (!reference || isOwn(reference.repository) || !PUBLIC.some((pattern) => pattern.test(reference.repository))) return [];
      return [weakness(path, value, `${label} comes from ${reference.registry}.`, container !== undefined ? { container, on: container } : {})];
    });
    if (found.length > 0) return found;
    const projects = listPodImages(pod).flatMap(({ value }) => {
      const { repository } = parseImageReference(text(value) ?? "") ?? {};
      return repository === undefined || isOwn(repository) ? [] : (OF_SOME_PROJECT.exec(repository)?.[1] ?? []);
    });
    if (projects[0] !== undefined)
      return unknown(`Whether the Google Cloud project ${projects[0]} is yours is not told. If it is, put its registry on the list of trusted ones.`);
    return judgeImages(pod);
  },
  remedy: null,
});
