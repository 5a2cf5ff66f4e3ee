import type { ReactNode } from "react";

/** Cluster, time, snapshot, coverage and filter: under every page, on screen and on paper. */
export function PageFoot({ parts }: { readonly parts: readonly ReactNode[] }): ReactNode {
  return (
    <footer className="foot">
      {parts.map((part, index) => (
        <span key={index}>
          {index === 0 ? null : " · "}
          {part}
        </span>
      ))}
    </footer>
  );
}
