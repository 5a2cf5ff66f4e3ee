import type { ReactNode } from "react";

/** After a comma, and on both sides of a blank. */
const ENDS = /(?<=[,\s])|(?=\s)/;
/** Longer ones fit on no line: they go on below anywhere. */
const WHOLE = 48;

/** Values that were read, which go on below between their entries: a browser would break a line within a name, after its dash. */
export function toEntries(text: string): ReactNode {
  return text.split(ENDS).map((part, index) =>
    part.includes("-") && part.length <= WHOLE ? (
      <span key={index} className="entry">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
