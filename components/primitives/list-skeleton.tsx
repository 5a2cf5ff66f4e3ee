import type { ReactNode } from "react";
import { SkeletonRows } from "./skeleton";

/** A list beside its facets in its own shape while it is read. `label` is read aloud. */
export function ListSkeleton({ label }: { readonly label: string }): ReactNode {
  return (
    <div aria-busy="true">
      <div className="sk-late">
        <span className="sk" style={{ width: "min(420px, 80%)", height: 20, margin: "4px 0 12px" }} />
        <span className="sk" style={{ width: "min(520px, 95%)" }} />
      </div>
      <div className="with-facets" style={{ marginTop: 60 }}>
        <div className="facets sk-late" aria-hidden="true">
          {Array.from({ length: 12 }, (_, index) => (
            <span key={index} className="sk" style={{ width: `${82 - (index % 4) * 9}%`, margin: "8px 0 16px" }} />
          ))}
        </div>
        <SkeletonRows label={label} head={false} rows={14} />
      </div>
    </div>
  );
}
