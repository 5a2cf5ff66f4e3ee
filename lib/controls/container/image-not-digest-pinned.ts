import { isDigest, parseImageReference } from "../../inventory/images/image-reference";
import { listPodImages } from "../../inventory/images/pod-images";
import { findRunningDigest, sayRunningDigest } from "../../inventory/images/running-digest";
import { containersCommand, OF_IMAGES, WITHOUT_DIGEST } from "../containers-command";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { judgeReadable } from "../image-answer";
import { pinDigest } from "../remedies/pin-digest";

export default defineControl({
  id: "image-not-digest-pinned",
  layer: "container",
  severity: "low",
  title: "Images are pinned by digest",
  failure: "names an image without its digest",
  why: "A tag can be moved to another image; a digest always names the same one, so every node runs exactly what was scanned and signed.",
  action: "Pin images by digest",
  fix: "Write `image: repository:tag@sha256:...` with the digest that the running pods report in `status.containerStatuses[*].imageID`.",
  verify: `${containersCommand(".image", { running: ".status.containerStatuses[*].imageID" }, OF_IMAGES)} | grep -E '${WITHOUT_DIGEST}'`,
  lookFor:
    "An image without `@sha256:` after the name of a container or volume. Pods whose images all have it are left out. After `running=` stands what runs now, with its digest.",
  tips: ["S5"],
  frameworks: { nsa: ["BI"], mitre: ["T1525", "T1195.002"] },
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-names"],
  aliases: ["image-digest-pinned"],
  subject: "workload",
  reads: [],
  subsumedBy: ["image-tag-mutable"],
  check: ({ workload, pod }, { isComplete }) => {
    if (workload.ref.kind === "StaticPod") return notApplicable("The installer of the node writes this pod; its images come with the release.");
    const weaknesses = [];
    let unreadable: string | null = null;
    for (const { path, value, label, container } of listPodImages(pod)) {
      const written = typeof value === "string" ? value : "";
      const hasBadDigest = written.includes("@");
      if (hasBadDigest && isDigest(written.slice(written.indexOf("@") + 1).trim())) continue;
      if (!hasBadDigest && !parseImageReference(written)) {
        unreadable ??= `${label} names no image that a runtime would accept.`;
        continue;
      }
      const running = isComplete && !hasBadDigest ? findRunningDigest(workload, value) : null;
      const message = hasBadDigest ? `${label} has a malformed digest, so nothing is pinned.` : `${label} has no digest.${sayRunningDigest(running)}`;
      weaknesses.push(weakness(path, value, message, { on: label, hint: running, ...(container !== undefined && { container }) }));
    }
    if (weaknesses.length > 0) return weaknesses;
    return unreadable === null ? judgeReadable(pod) : unknown(unreadable);
  },
  remedy: ({ workload }, weaknesses) => pinDigest(workload, weaknesses),
});
