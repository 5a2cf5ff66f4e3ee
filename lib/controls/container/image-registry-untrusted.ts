import { isUnder, parseImageReference } from "../../inventory/images/image-reference";
import { listPodImages } from "../../inventory/images/pod-images";
import { text } from "../../model/json";
import { containersCommand, OF_IMAGES } from "../containers-command";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";
import { judgeReadable } from "../image-answer";
import { set } from "../remedies/ops";

function move(image: string, trusted: string | undefined): string | null {
  const reference = parseImageReference(image);
  if (!reference || trusted === undefined) return null;
  const suffix = `${reference.tag ? `:${reference.tag}` : ""}${reference.digest ? `@${reference.digest}` : ""}`;
  return `${trusted.replace(/\/+\*?$/, "")}/${reference.path.split("/").at(-1)}${suffix}`;
}

export default defineControl({
  id: "image-registry-untrusted",
  layer: "container",
  severity: "high",
  title: "Images come from trusted registries",
  failure: "runs an image from a registry that is not trusted",
  why: "Whoever controls the registry decides what runs in the cluster. A list of trusted registries keeps look-alike names and abandoned accounts out.",
  action: "Take images from trusted registries",
  fix: "Mirror the image into a trusted registry and use it from there. The list of trusted registries is a setting of the cluster.",
  verify: containersCommand(".image", {}, OF_IMAGES),
  lookFor:
    "An image after the name of a container or volume that comes from none of the registries in the settings. An image that names no registry comes from docker.io.",
  tips: ["S5"],
  frameworks: { nsa: ["BI"], mitre: ["T1525", "T1195.002", "T1204.003"], mstm: ["MS-TA9002"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/concepts/containers/images/"],
  aliases: ["image-registry-allowlist"],
  subject: "workload",
  reads: [],
  check: ({ pod }, { settings }) => {
    const trusted = settings.trustedRegistries;
    if (trusted.length === 0) return notApplicable("No list of trusted registries is set for this cluster.");
    let hasUnreadable = false;
    const found = listPodImages(pod).flatMap(({ path, value, label, container }): Weakness[] => {
      const image = text(value) ?? "";
      const reference = parseImageReference(image);
      hasUnreadable ||= reference === null;
      if (!reference) return [];
      const extra = { ...(container !== undefined && { container, on: container }), hint: image };
      if (trusted.some((entry) => isUnder(reference.repository, entry))) return [];
      return [weakness(path, image, `${label} uses ${reference.repository}, which is under no trusted registry.`, extra)];
    });
    if (found.length > 0) return found;
    return hasUnreadable ? unknown("An image reference could not be read.") : judgeReadable(pod);
  },
  remedy: (_subject, weaknesses, { settings }) => {
    const ops = weaknesses.map(({ path, hint }) => {
      const moved = path.includes("ephemeralContainers") ? null : move(String(hint), settings.trustedRegistries[0]);
      return moved ? set(path, moved) : null;
    });
    const complete = ops.filter((op) => op !== null);
    return complete.length === ops.length ? { ops: complete, risk: "restart", note: "Copy the image there first, by digest." } : null;
  },
});
