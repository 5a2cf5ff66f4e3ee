import type { ReactNode } from "react";

interface OfThisReleaseProps {
  /** "Which controls decide a clause" */
  readonly what: string;
  /** Sentences around it. */
  readonly before?: string;
  readonly after?: string;
}

/** Below what a page works out of the objects of a day by rules that no snapshot remembers: of an earlier day, too, by those of now. */
export function OfThisRelease({ what, before = "", after = "" }: OfThisReleaseProps): ReactNode {
  return <p className="cap of-release">{`${before}${what} follows the rules of this release, for earlier days too.${after}`}</p>;
}
