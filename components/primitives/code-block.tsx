import type { ReactNode } from "react";
import { showHidden } from "@/lib/format/show-hidden";
import { toLines, type YamlPart } from "./fold-lines";
import { splitYamlLine } from "./yaml-line";

interface YamlLinesProps {
  readonly parts: readonly YamlPart[];
  /** Name for the scrolling region: "Evidence in ClusterRoleBinding checkout-gateway-debug". */
  readonly label: string;
  /** What is said at the lines that are the evidence, by their number; an empty text says nothing. */
  readonly notes?: ReadonlyMap<number, string>;
  /** Stands for what is folded: the way to see it. */
  readonly fold?: (part: { readonly first: number; readonly count: number }) => ReactNode;
}

/** YAML with line numbers, perhaps not all of it; evidence lines are tinted and may carry a note. */
export function YamlLines({ parts, label, notes = new Map(), fold }: YamlLinesProps): ReactNode {
  return (
    <div className="yaml" tabIndex={0} role="region" aria-label={label}>
      <ol>
        {parts.flatMap((part) => {
          if (part.kind === "fold")
            return [
              <li key={part.first} className="fold">
                {fold?.(part)}
              </li>,
            ];
          return part.lines.map((line, index) => {
            const number = part.first + index;
            const { key, rest } = splitYamlLine(line);
            const note = notes.get(number);
            return (
              <li key={number} data-line={number} className={note === undefined ? undefined : "hit"}>
                <span className="k">{key}</span>
                {rest}
                {note === undefined || note === "" ? null : <span className="note">{showHidden(note)}</span>}
              </li>
            );
          });
        })}
      </ol>
    </div>
  );
}

/** A whole text as YAML with line numbers. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  return <YamlLines label={label} parts={[{ kind: "lines", first: 1, lines: toLines(text) }]} />;
}
