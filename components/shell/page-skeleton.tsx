import type { ReactNode } from "react";
import { SkeletonRows } from "../primitives/skeleton";

/** The shape of most pages, while the answer is on its way: a sentence, then rows. */
export function PageSkeleton(): ReactNode {
  return (
    <div aria-busy="true">
      <span className="sk sk-late" style={{ width: "min(520px, 80%)", height: 22, margin: "3px 0 10px" }} />
      <span className="sk sk-late" style={{ width: "min(680px, 95%)", height: 12 }} />
      <div className="sec">
        <SkeletonRows label="Loading the page" rows={9} />
      </div>
    </div>
  );
}
