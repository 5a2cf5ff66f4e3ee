"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { Button } from "../primitives/button";

const Dialog = dynamic(() => import("../primitives/dialog").then((module) => module.Dialog), { ssr: false });

/** Facets beside the list; on a phone behind "Filter · 2", as a sheet from below. */
export function FacetPanel({ active, children }: { readonly active: number; readonly children: ReactNode }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <aside className="facets only-desk" aria-label="Filter">
        {children}
      </aside>
      <Button className="only-phone" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {active === 0 ? "Filter" : `Filter · ${active}`}
      </Button>
      {open ? (
        <Dialog open bare className="sheet" title="Filter" onOpenChange={setOpen}>
          {children}
          <Button kind="solid" onClick={() => setOpen(false)}>
            Show the list
          </Button>
        </Dialog>
      ) : null}
    </>
  );
}
