import type { ReactNode } from "react";
import type { DiffLine } from "@/lib/format/diff-lines";

const SPOKEN = { add: "Added: ", del: "Removed: ", same: "", fold: "" } as const;

/** A diff where + and − carry the meaning and colour only helps. */
export function DiffBlock({ lines, label }: { readonly lines: readonly DiffLine[]; readonly label: string }): ReactNode {
  return (
    <div className="yaml diff" tabIndex={0} role="region" aria-label={label}>
      <ol>
        {lines.map((line, index) => (
          <li key={index} className={line.kind === "same" ? undefined : line.kind}>
            {SPOKEN[line.kind] === "" ? null : <span className="sr">{SPOKEN[line.kind]}</span>}
            {line.text}
          </li>
        ))}
      </ol>
    </div>
  );
}
