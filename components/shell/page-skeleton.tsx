"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { OverviewSkeleton } from "../overview/overview-skeleton";
import { ListSkeleton } from "../primitives/list-skeleton";
import { SkeletonRows } from "../primitives/skeleton";

/** The shape of the page that is on its way: of most a sentence, then rows. */
export function PageSkeleton(): ReactNode {
  const [page, ...below] = usePathname().split("/").slice(3);
  if (page === undefined) return <OverviewSkeleton />;
  if ((page === "resources" || page === "controls") && below.length === 0) return <ListSkeleton label="Loading the page" />;
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
