import { parseImageReference } from "../../inventory/images/image-reference";
import { isMovingTag } from "../../inventory/images/moving-tag";
import { listPodImages } from "../../inventory/images/pod-images";
import { findRunningDigest, sayRunningDigest } from "../../inventory/images/running-digest";
import { text } from "../../model/json";
import { containersCommand, OF_IMAGES, WITHOUT_DIGEST } from "../containers-command";
import { defineControl, unknown, weakness } from "../define";
import { judgeReadable } from "../image-answer";
import { pinDigest } from "../remedies/pin-digest";

export default defineControl({
  id: "image-tag-mutable",
  layer: "container",
  severity: "medium",
  title: "Images name a fixed version, not a tag that moves",
  failure: "names an image by a tag that moves",
  why: "The same manifest may run different code tomorrow, and nodes that pulled at different times may run different code today. Anyone who can push the tag changes every cluster that uses it.",
  action: "Replace moving tags with released versions",
  fix: "Name a released version and pin it: `image: repository:tag@sha256:...` with the digest that the running pods report in `status.containerStatuses[*].imageID`.",
  verify: `${containersCommand(".image", { running: ".status.containerStatuses[*].imageID" }, OF_IMAGES)} | grep -E '${WITHOUT_DIGEST}'`,
  lookFor:
    "latest, no tag, or another tag that moves, such as stable or main, after the name of a container or volume. Pods whose images all have a digest are left out.",
  tips: ["S5"],
  frameworks: { nsa: ["BI"], mitre: ["T1525", "T1204.003"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-names"],
  aliases: ["image-tag-latest", "image-tag-floating"],
  subject: "workload",
  reads: [],
  check: ({ workload, pod }, { isComplete }) => {
    const weaknesses = [];
    let unreadable: string | null = null;
    for (const { path, value, label, container, pullPolicy } of listPodImages(pod)) {
      const image = typeof value === "string" ? parseImageReference(value) : null;
      if (!image) {
        unreadable ??= `${label} names no image that a runtime would accept.`;
        continue;
      }
      if (image.digest !== null) continue;
      const tag = image.tag ?? "latest";
      if (!isMovingTag(tag)) continue;
      const what = image.tag === null ? "names no tag, which means latest" : `names the tag ${tag}, which moves`;
      const policy = text(pullPolicy) && pullPolicy !== "Always" ? ` With the pull policy ${pullPolicy} nodes keep what they pulled before.` : "";
      const running = isComplete ? findRunningDigest(workload, value) : null;
      weaknesses.push(
        weakness(path, value, `${label} ${what}.${policy}${sayRunningDigest(running)}`, {
          on: label,
          hint: running,
          severity: tag === "latest" ? "medium" : "low",
          ...(container !== undefined && { container }),
        }),
      );
    }
    if (weaknesses.length > 0) return weaknesses;
    return unreadable === null ? judgeReadable(pod) : unknown(unreadable);
  },
  remedy: ({ workload }, weaknesses) => pinDigest(workload, weaknesses),
});
