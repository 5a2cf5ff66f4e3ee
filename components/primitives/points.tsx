import type { ReactNode } from "react";
import { BRACKET_WORDS, formatPoints } from "@/lib/format/numbers";

/** What a finding is worth; in brackets what counts only later, which a reader hears in words. Null = it is in no score. */
export function Points({ points, isBracketed }: { readonly points: number | null; readonly isBracketed: boolean }): ReactNode {
  if (points === null)
    return (
      <span className="muted" title="Not part of a score">
        –
      </span>
    );
  const words = formatPoints(points, 2);
  if (!isBracketed) return words;
  return (
    <span className="muted" title={BRACKET_WORDS}>
      <span aria-hidden="true">{`(${words})`}</span>
      <span className="sr">{`${words}, once the cap is lifted`}</span>
    </span>
  );
}
