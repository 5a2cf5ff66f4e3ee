"use client";
import clsx from "clsx";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button } from "../primitives/button";
import { PartBoundary } from "../primitives/part-boundary";
import { UnloadedNote } from "../primitives/unloaded-note";

const Dialog = lazy(() => import("../primitives/dialog").then((module) => ({ default: module.Dialog })));

/** Facets beside the list; where that would squeeze the list, behind "Filter · 2", as a sheet from below. */
export function FacetPanel({ active, children }: { readonly active: number; readonly children: ReactNode }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <aside className="facets" aria-label="Filter">
        {children}
      </aside>
      <Button className={clsx("facets-open", active > 0 && "some")} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {active === 0 ? "Filter" : `Filter · ${active}`}
      </Button>
      {open ? (
        <PartBoundary instead={<UnloadedNote onClose={() => setOpen(false)} />}>
          <Suspense fallback={null}>
            <Dialog bare className="sheet" title="Filter" onClose={() => setOpen(false)}>
              <div className="sheet-in">{children}</div>
              <Button kind="solid" onClick={() => setOpen(false)}>
                Show the list
              </Button>
            </Dialog>
          </Suspense>
        </PartBoundary>
      ) : null}
    </>
  );
}
