import { isUnder, parseImageReference } from "../../inventory/image-reference";
import { listPodImages } from "../../inventory/pod-images";
import { text } from "../../model/json";
import { IMAGES_COMMAND } from "../containers-command";
import { defineControl, type Weakness, weakness } from "../define";
import { judgeImages } from "../image-answer";

const PUBLIC: readonly RegExp[] = [
  /^(?:registry-1\.)?docker\.io\//,
  /^quay\.io\//,
  /^ghcr\.io\//,
  /^public\.ecr\.aws\//,
  /^gcr\.io\//,
  /^registry\.gitlab\.com\//,
  /^lscr\.io\//,
  /^cgr\.dev\/chainguard\//,
  /^registry\.access\.redhat\.com\//,
  /^docker\.elastic\.co\//,
  /^nvcr\.io\//,
  /^(?:registry\.k8s|k8s\.gcr)\.io\//,
  /^mcr\.microsoft\.com\//,
];
/** Where Kubernetes and a cloud publish what they put into platform namespaces themselves. */
const OF_PLATFORM = /^(?:registry\.k8s\.io|mcr\.microsoft\.com)\//;

export default defineControl({
  id: "image-registry-public",
  layer: "container",
  severity: "low",
  title: "Images come from a registry of one's own",
  failure: "pulls an image from a public registry",
  why: "A public registry can be down, limit pulls, or serve another image tomorrow. A copy of your own is scanned once and stays what it is.",
  action: "Mirror public images into a registry of your own",
  fix: "Mirror the image into a registry of your own, or use a pull-through cache, and use it from there.",
  verify: `${IMAGES_COMMAND} | sort | uniq -c`,
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
    return found.length > 0 ? found : judgeImages(pod);
  },
  remedy: null,
});
