import { splitImageReference } from "./image-reference";

/** The release of a program, as the tag of its image says it; null = the tag leaves that part open. */
export interface ImageRelease {
  readonly major: number;
  readonly minor: number | null;
  readonly patch: number | null;
}

/** What is a date, the number of a build or a commit tells nothing. */
const TAG = /^v?(\d)(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?(?:[.-].*)?$/;

const toNumber = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits));

/** Of an image whose name is `path`, as the project calls it; null = its tag does not tell, or it is another program. */
export function readRelease(image: string, path: RegExp): ImageRelease | null {
  const reference = splitImageReference(image);
  const [, major, minor, patch] = TAG.exec(reference?.tag ?? "") ?? [];
  if (reference === null || !path.test(reference.path) || major === undefined) return null;
  return { major: Number(major), minor: toNumber(minor), patch: toNumber(patch) };
}

/** Whether it is a release or one that came later; null = its tag leaves that open. */
export function isSince({ major, minor }: ImageRelease, first: { readonly major: number; readonly minor: number }): boolean | null {
  if (major !== first.major) return major > first.major;
  if (first.minor === 0) return true;
  return minor === null ? null : minor >= first.minor;
}
