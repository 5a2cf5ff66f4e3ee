import type { ReactNode } from "react";
import { SideScroll } from "../primitives/side-scroll";
import { PostureLink } from "../shell/posture-link";

export interface ChartTable {
  readonly columns: readonly { readonly label: string; readonly numeric?: boolean }[];
  /** `href` makes the first cell a link; the last of fewer cells than there are columns goes over the rest of them. */
  readonly rows: readonly { readonly cells: readonly string[]; readonly href?: string }[];
  /** What its figures are, in place of the note on the picture. */
  readonly note?: string;
}

/** The rows behind a picture. */
export function ChartTableView({ table, caption }: { readonly table: ChartTable; readonly caption: string }): ReactNode {
  return (
    <SideScroll className="chart-table" label={caption}>
      <table className="table">
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((c) => (
              <th key={c.label} scope="col" className={c.numeric === true ? "num" : undefined}>
                {c.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.cells.map((cell, column) => (
                <td
                  key={column}
                  className={table.columns[column]?.numeric === true ? "num" : undefined}
                  {...(column === row.cells.length - 1 && { colSpan: table.columns.length - column })}
                >
                  {column === 0 && row.href !== undefined ? (
                    <PostureLink className="link" href={row.href}>
                      {cell}
                    </PostureLink>
                  ) : (
                    cell
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}
