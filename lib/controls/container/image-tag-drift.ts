import { type Builds, findBuilds } from "../../inventory/images/image-builds";
import { parseImageReference } from "../../inventory/images/image-reference";
import { listPodImages } from "../../inventory/images/pod-images";
import { joinWords } from "../../model/join-words";
import { text } from "../../model/json";
import { defineControl, notApplicable, safe, unknown, type Weakness, weakness } from "../define";

/** `sha256:0123456789ab on 3 pods and sha256:ba9876543210 on 1 pod`. */
function listBuilds(builds: Builds): string {
  const named = (digest: string | null): string => digest?.slice(0, "sha256:".length + 12) ?? "an unknown build";
  return joinWords([...builds].sort((a, b) => b[1] - a[1]).map(([digest, pods]) => `${named(digest)} on ${pods} ${pods === 1 ? "pod" : "pods"}`));
}

/** A digest names one build, wherever it runs. */
function isPinned(image: unknown): boolean {
  return (parseImageReference(text(image) ?? "")?.digest ?? null) !== null;
}

export default defineControl({
  id: "image-tag-drift",
  layer: "container",
  severity: "high",
  title: "All pods that name an image run the same build of it",
  failure: "runs an image of which this cluster runs several builds",
  why: "The tag was moved to another build, so nodes that pulled at different times run different code under one name. Usually only one of them was tested, scanned or signed, and nobody sees which pods run the other.",
  action: "Pin the right build of the image",
  fix: "Find out which build is the right one and pin it: `image: repository:tag@sha256:...`. Then restart the pods that run the other. Let the registry refuse a second push of a tag.",
  verify:
    "kubectl get pods -A -o json | jq -r '[.items[] | \"\\(.metadata.namespace)/\\(.metadata.name)\" as $pod | .status | .containerStatuses[]?, .initContainerStatuses[]? | {image, imageID, $pod}] | group_by(.image)[] | select(map(.imageID) | unique | length > 1) | sort_by(.imageID)[] | [.image, .imageID, .pod] | @tsv'",
  lookFor: "Each image of which several builds run: the image, its build, and the pod that runs it. No output: each has one build.",
  tips: ["S5"],
  frameworks: { nsa: ["BI"], mitre: ["T1525"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-names"],
  subject: "workload",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: ({ workload, pod }, context) => {
    if (pod.source === "runtime") return [];
    const nothing = (reason: string) => (context.isComplete ? notApplicable(reason) : unknown("These manifests do not show which builds the cluster runs."));
    const { runningImages } = workload;
    const images = listPodImages(pod);
    if (runningImages.length === 0 && images.length > 0 && images.every(({ value }) => isPinned(value))) return safe("Its images are pinned by digest.");
    if (workload.livePods === 0) return nothing("No pod of it runs.");
    if (runningImages.length === 0) return nothing("No container of it has started.");
    const weaknesses = new Map<string, Weakness>();
    let isCompared = false;
    let untold: string | null = null;
    for (const running of runningImages) {
      const builds = findBuilds(running, context);
      const pods = [...builds.values()].reduce((sum, count) => sum + count, 0);
      if (pods < 2) continue;
      const known = new Map([...builds].filter(([digest]) => digest !== null));
      isCompared ||= known.size > 0;
      if (known.size < builds.size) untold ??= `The runtime does not tell which build of ${running.image} runs.`;
      if (known.size < 2) continue;
      const place = listPodImages(pod).find(({ value }) => value === running.image);
      const on = running.architecture === "" ? "" : ` (${running.architecture})`;
      weaknesses.set(
        running.image,
        weakness(place?.path ?? "", running.image, `${place?.label ?? "A container"} is one of several builds of this name${on}: ${listBuilds(known)}.`, {
          ...(place?.container !== undefined && { container: place.container, on: place.container }),
        }),
      );
    }
    if (weaknesses.size > 0) return [...weaknesses.values()];
    if (untold !== null) return unknown(untold);
    return isCompared ? [] : nothing("One pod of the cluster runs each of its images: there is nothing to compare.");
  },
  remedy: null,
});
