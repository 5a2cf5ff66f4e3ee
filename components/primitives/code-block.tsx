import type { ReactNode } from "react";
import { splitYamlLine } from "./yaml-line";

export interface CodeMark {
  /** 1-based number of the line as shown. */
  readonly line: number;
  readonly note?: string;
}

interface CodeBlockProps {
  readonly text: string;
  /** Name for the scrolling region: "Evidence in ClusterRoleBinding checkout-gateway-debug". */
  readonly label: string;
  /** Lines that are the evidence. */
  readonly marks?: readonly CodeMark[];
  readonly firstLine?: number;
}

/** YAML with line numbers; evidence lines are tinted and may carry a note. */
export function CodeBlock({ text, label, marks = [], firstLine = 1 }: CodeBlockProps): ReactNode {
  const notes = new Map(marks.map((mark) => [mark.line, mark.note]));
  return (
    <div className="yaml" tabIndex={0} role="region" aria-label={label}>
      <ol>
        {text
          .replace(/\n$/, "")
          .split("\n")
          .map((line, index) => {
            const number = index + firstLine;
            const { key, rest } = splitYamlLine(line);
            const note = notes.get(number);
            return (
              <li key={number} data-line={number} className={notes.has(number) ? "hit" : undefined}>
                <span className="k">{key}</span>
                {rest}
                {note === undefined ? null : <span className="note">{note}</span>}
              </li>
            );
          })}
      </ol>
    </div>
  );
}
