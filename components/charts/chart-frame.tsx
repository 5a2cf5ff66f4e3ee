"use client";
import clsx from "clsx";
import { type ReactNode, useId, useState } from "react";
import { Message } from "../primitives/message";
import { SkeletonBlock } from "../primitives/skeleton-block";
import { type ChartTable, ChartTableView } from "./chart-table";

interface ChartFrameProps {
  /** States the finding: "Three layers rise; cluster falls". */
  readonly title: string;
  readonly note?: ReactNode;
  /** One or two sentences that say what the picture shows, read aloud in its place. */
  readonly summary: string;
  /** The same rows as the picture. */
  readonly table?: ChartTable;
  readonly state?: "ready" | "empty" | "loading" | "not-assessed";
  /** Words for empty and not assessed: what was looked for, and the one action. */
  readonly stateWords?: { readonly say: string; readonly more?: ReactNode };
  /** Reserved while loading, px. */
  readonly height?: number;
  /** Hairline above, as a section of its own. */
  readonly ruled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Every chart sits in this: title, spoken summary, table in place of the picture, and its other states. */
export function ChartFrame({
  title,
  note,
  summary,
  table,
  state = "ready",
  stateWords,
  height = 150,
  ruled = false,
  className,
  children,
}: ChartFrameProps): ReactNode {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const canSwitch = table !== undefined && state === "ready";
  return (
    <figure className={clsx("chart", ruled && "sec", className)} aria-labelledby={id}>
      <figcaption className="sec-h">
        <h2 id={id} className="sec-t">
          {title}
        </h2>
        <span className="cap">
          {note}
          {canSwitch ? (
            <span className="no-print">
              {note === undefined ? null : <span className="dot">{"\u00a0· "}</span>}
              <button type="button" className="asText link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
                {asTable ? "As picture" : "As table"}
              </button>
            </span>
          ) : null}
        </span>
      </figcaption>
      <div className="chart-in">
        {state === "loading" ? (
          <SkeletonBlock label={`Loading: ${title}`} height={height} />
        ) : state !== "ready" ? (
          <Message kind={state} say={stateWords?.say ?? (state === "empty" ? "Nothing to draw" : "Not assessed")}>
            {stateWords?.more}
          </Message>
        ) : asTable && table !== undefined ? (
          <ChartTableView table={table} caption={title} />
        ) : (
          <>
            <p className="sr">{summary}</p>
            {children}
          </>
        )}
      </div>
    </figure>
  );
}
