import type { ReactNode } from "react";

const ID = /\b(F-[0-9A-Z]{6})\b/;

/** A sentence in which an id of a finding stays on one line, though it holds a dash. */
export function WholeIds({ text }: { readonly text: string }): ReactNode {
  return text.split(ID).map((part, index) =>
    index % 2 === 1 ? (
      <span key={index} className="nowrap">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
