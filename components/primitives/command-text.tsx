import type { ReactNode } from "react";
import { Parted } from "./parted";

const PARTS = /(?<=[/,])/;

/** A command or expression that wraps between its words: a browser would also break a line within a word, after the dash of `-A`. */
export function CommandText({ text }: { readonly text: string }): ReactNode {
  return (
    <pre className="pre command" tabIndex={0}>
      {text.split(/(\s+)/).map((part, index) =>
        part.trim() === "" ? (
          part
        ) : (
          <span key={index}>
            <Parted text={part} at={PARTS} />
          </span>
        ),
      )}
    </pre>
  );
}
