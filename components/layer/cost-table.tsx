import type { ReactNode } from "react";
import type { LayerResponse } from "@/lib/contracts/overview";
import { formatCount, formatNoun, formatPointChange, formatPoints } from "@/lib/format/numbers";
import { plural } from "@/lib/format/plural";
import { SeverityTag } from "../primitives/severity-tag";
import { SideScroll } from "../primitives/side-scroll";
import { StateTag } from "../primitives/state-tag";
import { PostureLink } from "../shell/posture-link";
import { ShareBar } from "../tables/share-bar";
import { changeOf, type ControlCosts, stateOf } from "./tally-controls";
import { ColumnHeads } from "../tables/column-heads";

type Row = LayerResponse["controls"][number];

export const SHOWN_CONTROLS = 12;

const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);

function ControlRow({ row, base }: { readonly row: Row; readonly base: string }): ReactNode {
  const state = stateOf(row);
  return (
    <tr>
      <td>{state === "fail" ? <SeverityTag severity={row.severity} /> : <StateTag state={state} />}</td>
      <td>
        <PostureLink className="row-t" href={`${base}/controls/${row.control}`}>
          {row.title}
        </PostureLink>
      </td>
      <td>
        {row.n > 0 ? (
          <span className="share-c">
            <ShareBar part={row.failing} whole={row.n} />
            {row.unknown > 0 ? <span className="cap">{`${formatCount(row.unknown)} not assessed`}</span> : null}
          </span>
        ) : (
          <span className="muted">{row.unknown > 0 ? "nothing assessed" : row.manual > 0 ? "for people to judge" : "no subject"}</span>
        )}
      </td>
      <td className="num">{formatPoints(row.cost, 2)}</td>
      <td className="num opt">{row.gain > 0 ? formatPointChange(row.gain, 2) : <span className="muted">0</span>}</td>
      <td className="num opt">{row.costBefore === null ? "–" : formatPointChange(changeOf(row), 2)}</td>
    </tr>
  );
}

interface SumRowProps {
  readonly kind: "rest" | "total";
  readonly label: ReactNode;
  /** Those that still fail; null = none of them does. */
  readonly failing: readonly Row[] | null;
  /** Points that all of them won or lost, in words. */
  readonly change: string;
}

/** Controls together: those without a row of their own, or all of the layer. */
function SumRow({ kind, label, failing, change }: SumRowProps): ReactNode {
  const findings = sum(failing ?? [], (row) => row.failing);
  const points = sum(failing ?? [], (row) => row.cost);
  return (
    <tr className={kind}>
      <td />
      <td>{label}</td>
      {failing === null ? <td className="muted">no finding</td> : <td>{formatNoun(findings, "finding")}</td>}
      <td className="num">{formatPoints(points, 2)}</td>
      <td className="opt" />
      <td className="num opt">{change}</td>
    </tr>
  );
}

interface CostTableProps {
  readonly costs: ControlCosts;
  readonly base: string;
  readonly here: string;
  /** Every control, not only those that cost the most. */
  readonly showsAll: boolean;
}

/** A row for each control, or for the most costly with the others together. */
export function CostTable({ costs, base, here, showsAll }: CostTableProps): ReactNode {
  const { all, failing, cleared, hasBefore } = costs;
  const shown = showsAll ? all : failing.slice(0, SHOWN_CONTROLS);
  const rest = failing.slice(SHOWN_CONTROLS);
  const change = (rows: readonly Row[]): string => (hasBefore ? formatPointChange(sum(rows, changeOf), 2) : "–");
  return (
    <SideScroll>
      <table className="table even by-cost">
        <caption className="sr">Controls by what they cost</caption>
        <ColumnHeads
          columns={[
            ["Worst open", "w-sev"],
            ["Control"],
            ["Failing of assessed", "w-share"],
            ["Points", "num w-num"],
            ["Gain", "num w-num opt"],
            ["Change", "num w-num opt"],
          ]}
        />
        <tbody>
          {shown.map((row) => (
            <ControlRow key={row.control} row={row} base={base} />
          ))}
          {showsAll || rest.length === 0 ? null : (
            <SumRow
              kind="rest"
              label={
                <PostureLink className="link" href={`${here}?all=true`} scroll={false}>
                  {`${formatCount(rest.length)} more failing ${plural(rest.length, "control")}`}
                </PostureLink>
              }
              failing={rest}
              change={change(rest)}
            />
          )}
          {showsAll || cleared.length === 0 ? null : (
            <SumRow
              kind="rest"
              label={`${formatNoun(cleared.length, "control")} that ${plural(cleared.length, "fails", "fail")} no longer`}
              failing={null}
              change={change(cleared)}
            />
          )}
          <SumRow
            kind="total"
            label={`All ${formatCount(failing.length)} failing ${plural(failing.length, "control")}`}
            failing={failing}
            change={change(all)}
          />
        </tbody>
      </table>
    </SideScroll>
  );
}
