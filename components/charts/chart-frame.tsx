"use client";
import clsx from "clsx";
import { type ReactNode, useId, useState } from "react";
import { Button } from "../primitives/button";
import { WHY_UNLOADED } from "../primitives/is-unloaded";
import { Message } from "../primitives/message";
import { PartBoundary } from "../primitives/part-boundary";
import { type ChartTable, ChartTableView } from "./chart-table";

/** What stands in place of a picture that cannot be drawn. */
export interface NoPicture {
  readonly kind: "empty" | "not-assessed";
  readonly say: string;
  readonly more?: string;
}

interface ChartFrameProps {
  /** States the finding: "Three layers rise; cluster falls". */
  readonly title: string;
  readonly note?: ReactNode;
  /** One or two sentences that say what the picture shows, read aloud in its place. */
  readonly summary: string;
  /** The same rows as the picture. */
  readonly table: ChartTable;
  /** Hairline above, as a section of its own. */
  readonly ruled?: boolean;
  readonly className?: string;
  /** Null = there is a picture. */
  readonly instead?: NoPicture | null;
  /** What stays below the picture, and below the table. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

function Undrawn(): ReactNode {
  return (
    <Message kind="error" say="The picture could not be loaded" actions={<Button onClick={() => location.reload()}>Load the page again</Button>}>
      {WHY_UNLOADED} The table has the same figures.
    </Message>
  );
}

/** Every chart sits in this: title, spoken summary, and a table in place of the picture, or why there is none. */
export function ChartFrame({ title, note, summary, table, ruled = false, className, instead = null, below, children }: ChartFrameProps): ReactNode {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const said = asTable ? (table.note ?? note) : note;
  return (
    <figure className={clsx("chart", ruled && "sec", className)} aria-labelledby={id}>
      <figcaption className="sec-h">
        <h2 id={id} className="sec-t">
          {title}
        </h2>
        <span className="cap">
          {said}
          {instead === null ? (
            <span className="no-print">
              {said === undefined ? null : <span className="dot">{"\u00a0· "}</span>}
              <button type="button" className="asText link" onClick={() => setAsTable(!asTable)}>
                {asTable ? "As picture" : "As table"}
                <span className="sr">: {title}</span>
              </button>
            </span>
          ) : null}
        </span>
      </figcaption>
      <div className="chart-in">
        {instead !== null ? (
          <Message kind={instead.kind} say={instead.say}>
            {instead.more}
          </Message>
        ) : asTable ? (
          <ChartTableView table={table} caption={title} />
        ) : (
          <>
            <p className="sr">{summary}</p>
            <PartBoundary instead={<Undrawn />}>{children}</PartBoundary>
          </>
        )}
        {instead === null ? below : null}
      </div>
    </figure>
  );
}
