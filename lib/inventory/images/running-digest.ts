import type { RunningImage, Workload } from "../workloads/workload";

const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
const SAID = / Its pods run ((?:sha256|sha512):[0-9a-f]+)\.$/;
/** Their pods come and go: what ran at the moment of a scan is chance. */
const SHORT_LIVED: ReadonlySet<string> = new Set(["CronJob", "Job"]);

/** The one digest that all pods of a workload report of an image, by the name that the workload gives it; null where they differ or do not tell. */
export function findRunningDigest({ ref, runningImages }: Pick<Workload, "ref" | "runningImages">, image: unknown): string | null {
  if (SHORT_LIVED.has(ref.kind)) return null;
  const digests = new Set(runningImages.filter((running) => running.image === image).map(({ digest, isOwnName }) => (isOwnName ? digest : null)));
  const [only = null] = digests;
  return digests.size === 1 && only !== null && DIGEST.test(only) ? only : null;
}

/** What a finding says of it; "" where it is not known. Pods are not remembered, what was said is. */
export function sayRunningDigest(digest: string | null): string {
  return digest === null ? "" : ` Its pods run ${digest}.`;
}

/** From what a finding said of an image, what ran then. */
export function readRunningDigest(image: string, message: string): RunningImage | null {
  const digest = SAID.exec(message)?.[1];
  return digest === undefined || !DIGEST.test(digest) ? null : { image, architecture: "", digest, isOwnName: true, pods: 1 };
}
