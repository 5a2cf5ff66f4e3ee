import { parseImageReference } from "../../inventory/image-reference";
import { listPodImages } from "../../inventory/pod-images";
import { judgeRule } from "../../pod-security/judge-check";
import { defineControl, unknown, weakness } from "../define";

/** Digests that runtimes know, with the length of each. */
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

export default defineControl({
  id: "image-not-digest-pinned",
  layer: "container",
  severity: "low",
  title: "Images are pinned by digest",
  failure: "names an image without its digest",
  why: "A tag can be pushed again; a digest cannot be anything else. With it every node runs the bytes that were scanned and signed.",
  fix: "Write `image: repository:tag@sha256:...` with the digest that the running pods report in `status.containerStatuses[*].imageID`.",
  verify: "kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,IMAGES:.spec.containers[*].image,RUNNING:.status.containerStatuses[*].imageID'",
  tips: ["S5"],
  frameworks: { nsa: ["BI"], mitre: ["T1525", "T1195.002"] },
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-names"],
  aliases: ["image-digest-pinned"],
  subject: "workload",
  reads: [],
  subsumedBy: ["image-tag-mutable"],
  check: ({ pod }) => {
    const weaknesses = [];
    let unreadable: string | null = null;
    for (const { path, value, label, container } of listPodImages(pod)) {
      const image = typeof value === "string" ? parseImageReference(value) : null;
      if (image?.digest && DIGEST.test(image.digest)) continue;
      const hasBadDigest = typeof value === "string" && value.includes("@");
      if (!image && !hasBadDigest) {
        unreadable ??= `${label} names no image that a runtime would accept.`;
        continue;
      }
      const message = hasBadDigest ? `${label} has a digest that no runtime accepts.` : `${label} has no digest.`;
      weaknesses.push(weakness(path, value, message, { on: label, ...(container !== undefined && { container }) }));
    }
    if (weaknesses.length > 0) return weaknesses;
    return unreadable === null ? judgeRule(pod, (admitted) => (admitted.containers(), [])) : unknown(unreadable);
  },
  remedy: null,
});
