import type { ReactNode } from "react";
import { showHidden } from "@/lib/format/show-hidden";

/** What stands in `backticks`, and a flag of a program, without the mark that ends a part of the sentence. */
const NAME = /`([^`]*)`|(?<![\w-])(--[a-z](?:[\w.=,*-]*[\w*])?)/;

/** A sentence in which `backticks` mark names of fields and values. A flag stays in one piece: a browser breaks lines behind its dashes. */
export function Prose({ text }: { readonly text: string }): ReactNode {
  return showHidden(text)
    .split(NAME)
    .map((part, index) =>
      index % 3 === 0
        ? part
        : part && (
            <code key={index} className={part.startsWith("--") ? "flag" : undefined}>
              {part}
            </code>
          ),
    );
}
