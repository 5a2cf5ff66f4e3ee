import type { ReactNode } from "react";

/** Holds the place of a chart, so that nothing shifts when it arrives. */
export function SkeletonBlock({ label, height }: { readonly label: string; readonly height: number }): ReactNode {
  return (
    <div aria-busy="true" style={{ height, display: "grid", alignContent: "end" }}>
      <span className="sr">{label}</span>
      <noscript>
        <p className="soft">This chart is drawn by scripts, which this browser does not run.</p>
      </noscript>
      <span className="sk sk-late" style={{ height: 1, borderRadius: 0 }} />
    </div>
  );
}
