"use client";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { Button } from "../primitives/button";
import { Popover } from "../primitives/popover";

/** The listed clauses as a file, or on paper. `href` ends where the format goes. */
export function FrameworkExport({ href, clauses }: { readonly href: string; readonly clauses: number }): ReactNode {
  return (
    <>
      <Popover label={`Export ${clauses} clauses`} trigger={`Export ${formatCount(clauses)}`} align="end">
        <a className="pop-item" href={`${href}csv`} download>
          <span>CSV</span>
          <span className="cap">for a spreadsheet</span>
        </a>
        <a className="pop-item" href={`${href}json`} download>
          <span>JSON</span>
          <span className="cap">with the controls of each clause</span>
        </a>
      </Popover>
      <Button onClick={() => window.print()}>Print</Button>
    </>
  );
}
