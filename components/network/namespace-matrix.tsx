"use client";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { NetworkMatrixResponse } from "@/lib/contracts/network";
import { endWords, NETWORK_STATE_WORDS, pairWords } from "@/lib/format/network-titles";
import { showHidden } from "@/lib/format/show-hidden";
import { capitalise } from "@/lib/format/words";
import { NameEnds } from "../primitives/name-ends";
import { SideScroll } from "../primitives/side-scroll";
import { PostureLink } from "../shell/posture-link";
import { headLine, isTwoLines } from "./head-line";
import { networkHref } from "./network-href";
import { stepCell } from "./step-cell";
import { ReachGlyph } from "./reach-glyph";
import { worstCell } from "./worst-cell";

interface MatrixProps {
  readonly matrix: Pick<NetworkMatrixResponse, "columns" | "rows">;
  readonly base: string;
}

const wordsOf = (name: string): string => showHidden(endWords(name));

/** Who reaches whom: senders down, receivers across. One cell takes the focus; arrows, Home and End move it. */
export function NamespaceMatrix({ matrix: { columns, rows }, base }: MatrixProps): ReactNode {
  const table = useRef<HTMLTableElement>(null);
  const has = (row: number, column: number): boolean => Boolean(rows[row]?.cells[column]);
  const [active, setActive] = useState(() => worstCell({ rows }));
  const [row, column] = active;
  const from = rows[row]?.from ?? "";
  const cell = rows[row]?.cells[column] ?? null;
  const move = (event: KeyboardEvent): void => {
    const next = stepCell(event.key, active, { rows: rows.length, columns: columns.length }, has);
    if (!next) return;
    event.preventDefault();
    table.current?.querySelector<HTMLElement>(`[data-cell="${next[0]}-${next[1]}"]`)?.focus();
  };
  return (
    <>
      <p className="net-now" aria-hidden="true">
        {cell === null ? null : (
          <>
            <ReachGlyph state={cell.state} />
            <span>
              <span className="mono">{wordsOf(from)}</span> to <span className="mono">{wordsOf(cell.to)}</span>: {NETWORK_STATE_WORDS[cell.state]}.
            </span>{" "}
            <span className="soft">{capitalise(pairWords(cell))}.</span>
          </>
        )}
      </p>
      <SideScroll className="net-scroll">
        <table
          ref={table}
          className="net-matrix"
          style={{ "--net-columns": columns.length, "--net-line": headLine(columns.map(wordsOf)) } as CSSProperties}
          onKeyDown={move}
        >
          <caption className="sr">Senders down, receivers across; the arrow keys move between cells</caption>
          <thead>
            <tr>
              <th scope="col" className="net-corner">
                <span className="cap">from ↓ to →</span>
              </th>
              {columns.map((name, at) => (
                <th key={name} scope="col" data-here={at === column ? "" : undefined}>
                  <span className={isTwoLines(wordsOf(name)) ? "two" : undefined}>{wordsOf(name)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ from: sender, scope, cells }, y) => (
              <tr key={sender}>
                <th
                  scope="row"
                  data-here={y === row ? "" : undefined}
                  className={scope === "workload" ? "mono" : "mono soft"}
                  title={scope === "platform" ? `${sender}, platform` : sender}
                >
                  <NameEnds name={wordsOf(sender)} />
                </th>
                {cells.map((one, x) =>
                  one === null ? (
                    <td key={columns[x]} className="none">
                      <span className="sr">nothing to ask</span>
                    </td>
                  ) : (
                    <td key={one.to} data-state={one.state}>
                      <PostureLink
                        href={networkHref(base, { from: sender, to: one.to })}
                        data-cell={`${y}-${x}`}
                        tabIndex={y === row && x === column ? 0 : -1}
                        onFocus={() => setActive([y, x])}
                        onMouseEnter={() => setActive([y, x])}
                      >
                        <ReachGlyph state={one.state} />
                        <span className="sr">{`${wordsOf(sender)} to ${wordsOf(one.to)}: ${NETWORK_STATE_WORDS[one.state]}`}</span>
                      </PostureLink>
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
    </>
  );
}
