import type { ReactNode } from "react";

const WIDTHS = ["70%", "52%", "63%", "58%"] as const;

/** Rows in the shape of a table; shown after 150 ms, without shimmer. `label` is read aloud. */
export function SkeletonRows({ label, rows, head = true }: { readonly label: string; readonly rows: number; readonly head?: boolean }): ReactNode {
  return (
    <div aria-busy="true" className="sk-late">
      <span className="sr" role="status">
        {label}
      </span>
      {head ? <span className="sk" style={{ width: "44%", height: 16, margin: "4px 0 14px" }} /> : null}
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="sk-row">
          <span className="sk" />
          <span className="sk" />
          <span className="sk" style={{ width: WIDTHS[index % WIDTHS.length] }} />
          <span className="sk" />
          <span className="sk" />
        </div>
      ))}
    </div>
  );
}
