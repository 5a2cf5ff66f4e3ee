"use client";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { Popover } from "../primitives/popover";

/** The whole filtered list as a file, in the order of the page. */
export function ExportMenu({ path, query, matching }: { readonly path: string; readonly query: string; readonly matching: number }): ReactNode {
  const href = (format: string): string => `${path}/export?${query === "" ? "" : `${query}&`}format=${format}`;
  return (
    <Popover label={`Export ${matching} findings`} triggerClassName="ctl line only-desk" trigger={`Export ${formatCount(matching)}`} align="end">
      <a className="pop-item" href={href("csv")} download>
        <span>CSV</span>
        <span className="cap">for a spreadsheet</span>
      </a>
      <a className="pop-item" href={href("json")} download>
        <span>JSON</span>
        <span className="cap">rows as the API gives them</span>
      </a>
    </Popover>
  );
}
