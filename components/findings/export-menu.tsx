"use client";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { Popover } from "../primitives/popover";
import type { Moment } from "../shell/posture-search";
import { exportHref } from "./export-href";

interface ExportMenuProps {
  readonly path: string;
  readonly query: string;
  readonly moment: Moment;
  readonly matching: number;
}

/** The whole filtered list as a file, in the order of the page. */
export function ExportMenu({ path, query, moment, matching }: ExportMenuProps): ReactNode {
  const href = (format: "csv" | "json"): string => exportHref(path, query, moment, format);
  return (
    <Popover label={`Export ${matching} findings`} triggerClassName="ctl line only-desk" trigger={`Export ${formatCount(matching)}`} align="end">
      <a className="pop-item" href={href("csv")} download>
        <span>CSV</span>
        <span className="cap">for a spreadsheet</span>
      </a>
      <a className="pop-item" href={href("json")} download>
        <span>JSON</span>
        <span className="cap">as the API, with links</span>
      </a>
    </Popover>
  );
}
