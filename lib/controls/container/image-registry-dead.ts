import { isUnder, parseImageReference } from "../../inventory/images/image-reference";
import { listPodImages } from "../../inventory/images/pod-images";
import { text } from "../../model/json";
import { containersCommand, OF_IMAGES } from "../containers-command";
import { defineControl, type Weakness, weakness } from "../define";
import { judgeImages } from "../image-answer";
import { set } from "../remedies/ops";

/** What k8s.gcr.io led to, by the place of the client. */
const BEHIND_FROZEN = ["asia", "eu", "us"].map((place) => ({
  prefix: `${place}.gcr.io/k8s-artifacts-prod`,
  because: "has been frozen since April 2023",
  successor: "registry.k8s.io",
}));

const DEAD: readonly { readonly prefix: string; readonly because: string; readonly successor: string | null }[] = [
  { prefix: "k8s.gcr.io", because: "has been frozen since April 2023", successor: "registry.k8s.io" },
  { prefix: "gcr.io/google-containers", because: "is frozen", successor: "registry.k8s.io" },
  { prefix: "gcr.io/google_containers", because: "is frozen", successor: "registry.k8s.io" },
  ...BEHIND_FROZEN,
  { prefix: "gcr.io/kubebuilder", because: "was given up in March 2025", successor: null },
  { prefix: "docker.io/bitnamilegacy", because: "has been a frozen copy since August 2025", successor: null },
  { prefix: "quay.io/kubernetes-ingress-controller", because: "has had no release since 2020", successor: null },
];

export default defineControl({
  id: "image-registry-dead",
  layer: "container",
  severity: "medium",
  title: "Images come from registries that still get updates",
  failure: "runs an image from a registry that gets no more updates",
  why: "Images in a frozen registry never get a fix: every flaw found in them stays, and one day the registry itself is gone.",
  action: "Move images off registries without updates",
  fix: "Use the registry that replaced it, such as registry.k8s.io in place of k8s.gcr.io, or build the image yourself.",
  verify: `${containersCommand(".image", {}, OF_IMAGES)} | grep -E 'k8s.gcr.io|k8s-artifacts-prod|google[-_]containers|gcr.io/kubebuilder|bitnamilegacy|quay.io/kubernetes-ingress-controller'`,
  lookFor: "Each pod listed, with its containers and their images, uses such a registry. No output: none does.",
  tips: ["S5"],
  frameworks: { nsa: ["UP", "BI"], owasp: ["K01"] },
  references: ["https://kubernetes.io/blog/2023/03/10/image-registry-redirect/", "https://github.com/bitnami/containers/issues/83267"],
  subject: "workload",
  reads: [],
  subsumedBy: ["image-registry-untrusted"],
  check: ({ pod }) => {
    const found = listPodImages(pod).flatMap(({ path, value, label, container }): Weakness[] => {
      const reference = parseImageReference(text(value) ?? "");
      const dead = reference ? DEAD.find(({ prefix }) => isUnder(reference.repository, prefix)) : undefined;
      if (!reference || !dead) return [];
      const name = reference.repository.slice(dead.prefix.length + 1);
      const suffix = `${reference.tag ? `:${reference.tag}` : ""}${reference.digest ? `@${reference.digest}` : ""}`;
      const hint = dead.successor && !path.includes("ephemeralContainers") ? `${dead.successor}/${name}${suffix}` : null;
      return [
        weakness(path, value, `${label} comes from ${dead.prefix}, which ${dead.because}.`, {
          ...(container !== undefined && { container, on: container }),
          hint,
        }),
      ];
    });
    return found.length > 0 ? found : judgeImages(pod);
  },
  remedy: (_subject, weaknesses) =>
    weaknesses.every((item) => typeof item.hint === "string")
      ? { ops: weaknesses.map((item) => set(item.path, item.hint)), risk: "restart", note: "Check that the registry holds this tag." }
      : null,
});
