import type { Context } from "../view";
import type { RunningImage } from "../workloads/workload";
import { defineWorkloadFact } from "../workloads/workload-fact";

type Digest = RunningImage["digest"];

/** Pods by digest. */
export type Builds = ReadonlyMap<Digest, number>;

const buildsView = defineWorkloadFact({
  start: () => new Map<string, Map<Digest, number>>(),
  add: (builds, { runningImages }) => {
    for (const { image, architecture, digest, pods } of runningImages) {
      const key = `${architecture} ${image}`;
      const ofImage = builds.get(key) ?? new Map<Digest, number>();
      builds.set(key, ofImage.set(digest, (ofImage.get(digest) ?? 0) + pods));
    }
  },
});

const NONE: Builds = new Map();

/** What all live pods of the cluster run under the name of an image, on machines of one architecture. */
export function findBuilds({ image, architecture }: RunningImage, { view }: Context<"workloads">): Builds {
  return view(buildsView).get(`${architecture} ${image}`) ?? NONE;
}
