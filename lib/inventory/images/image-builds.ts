import type { Context } from "../view";
import type { RunningImage } from "../workloads/workload";
import { parseImageReference } from "./image-reference";
import { defineWorkloadFact } from "../workloads/workload-fact";

type Digest = RunningImage["digest"];

/** Pods by digest. */
export type Builds = ReadonlyMap<Digest, number>;

/** `redis` and `docker.io/library/redis:latest` are one name: nodes ask one registry for one tag. */
function toKey({ image, architecture }: Pick<RunningImage, "image" | "architecture">): string {
  const parsed = parseImageReference(image);
  return `${architecture} ${parsed ? `${parsed.repository}:${parsed.tag ?? "latest"}` : image}`;
}

const buildsView = defineWorkloadFact({
  start: () => new Map<string, Map<Digest, number>>(),
  add: (builds, { runningImages }) => {
    for (const { digest, pods, ...named } of runningImages) {
      const key = toKey(named);
      const ofImage = builds.get(key) ?? new Map<Digest, number>();
      builds.set(key, ofImage.set(digest, (ofImage.get(digest) ?? 0) + pods));
    }
  },
});

const NONE: Builds = new Map();

/** What all live pods of the cluster run under the name of an image, on machines of one architecture. */
export function findBuilds(image: RunningImage, { view }: Context<"workloads">): Builds {
  return view(buildsView).get(toKey(image)) ?? NONE;
}
