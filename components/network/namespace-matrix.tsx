"use client";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import type { NetworkMatrixRow } from "@/lib/contracts/network";
import { endWords, NETWORK_STATE_WORDS } from "@/lib/format/network-titles";
import { showHidden } from "@/lib/format/show-hidden";
import { NameEnds } from "../primitives/name-ends";
import { SideScroll } from "../primitives/side-scroll";
import { PostureLink } from "../shell/posture-link";
import { headLine, isTwoLines } from "./head-line";
import { networkHref } from "./network-href";
import { stepCell } from "./step-cell";
import { ReachGlyph, ReachGlyphs, ReachGlyphUse } from "./reach-glyph";

type State = NonNullable<NetworkMatrixRow["cells"][number]>["state"];

/** All that a cell shows, short: there are a thousand of them, each sent to the browser beside its HTML. Null = nothing to ask. */
type MatrixCell = readonly [state: State, pairs: string] | null;

interface MatrixProps {
  /** Receivers, in the order of the cells. */
  readonly columns: readonly string[];
  readonly rows: readonly (Pick<NetworkMatrixRow, "from" | "scope"> & { readonly cells: readonly MatrixCell[] })[];
  /** Row and column that are read out before somebody points at a cell. */
  readonly first: readonly [row: number, column: number];
  readonly base: string;
}

const wordsOf = (name: string): string => showHidden(endWords(name));

/** Who reaches whom: senders down, receivers across. One cell takes the focus; arrows, Home and End move it. */
export function NamespaceMatrix({ columns, rows, first, base }: MatrixProps): ReactNode {
  const table = useRef<HTMLTableElement>(null);
  const has = (row: number, column: number): boolean => Boolean(rows[row]?.cells[column]);
  const [active, setActive] = useState(first);
  const [row, column] = active;
  const from = rows[row]?.from ?? "";
  const cell = rows[row]?.cells[column] ?? null;
  const move = (event: KeyboardEvent): void => {
    const next = stepCell(event.key, active, { rows: rows.length, columns: columns.length }, has);
    if (!next) return;
    event.preventDefault();
    // The first row and the first column are heads.
    table.current?.rows[next[0] + 1]?.cells[next[1] + 1]?.querySelector("a")?.focus();
  };
  return (
    <>
      <p className="net-now" aria-hidden="true">
        {cell === null ? null : (
          <>
            <ReachGlyph state={cell[0]} />
            <span>
              <span className="mono">{wordsOf(from)}</span> to <span className="mono">{wordsOf(columns[column] ?? "")}</span>: {NETWORK_STATE_WORDS[cell[0]]}.
            </span>{" "}
            <span className="soft">{cell[1]}.</span>
          </>
        )}
      </p>
      <ReachGlyphs />
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
                  // In two parts, a long one would be read as two words.
                  aria-label={wordsOf(sender)}
                >
                  <NameEnds name={wordsOf(sender)} />
                </th>
                {columns.map((to, x) => {
                  const state = cells[x]?.[0];
                  return state === undefined ? (
                    <td key={to} className="none">
                      <span className="sr">nothing to ask</span>
                    </td>
                  ) : (
                    <td key={to} data-state={state} data-own={to === sender ? "" : undefined}>
                      <PostureLink
                        href={networkHref(base, { from: sender, to })}
                        tabIndex={y === row && x === column ? 0 : -1}
                        onFocus={() => setActive([y, x])}
                        onMouseEnter={() => setActive([y, x])}
                      >
                        <ReachGlyphUse state={state} />
                        <span className="sr">{`${wordsOf(sender)} to ${wordsOf(to)}: ${NETWORK_STATE_WORDS[state]}`}</span>
                      </PostureLink>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
    </>
  );
}
