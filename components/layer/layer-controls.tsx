import type { ReactNode } from "react";
import type { LayerResponse } from "@/lib/contracts/overview";
import { costTitle } from "@/lib/format/chart-titles";
import type { LayerTally } from "@/lib/format/layer-titles";
import { formatCount, formatNoun, formatPointChange, formatPoints } from "@/lib/format/numbers";
import { plural } from "@/lib/format/plural";
import { Message } from "../primitives/message";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { ShareBar } from "../tables/share-bar";
import { PostureLink } from "../shell/posture-link";
import { standingOf, stateOf, tallyControls } from "./tally-controls";

type Row = LayerResponse["controls"][number];

export const SHOWN_CONTROLS = 12;

const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
const changeOf = (row: Row): number => (row.costBefore === null ? 0 : row.costBefore - row.cost);

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

/** "41 controls pass; 2 were not assessed in full." */
function clearSentence({ passing, notAssessed }: LayerTally): string {
  const passes = passing === 0 ? "No control passes either" : `${formatNoun(passing, "control")} ${plural(passing, "passes", "pass")}`;
  return notAssessed === 0 ? `${passes}.` : `${passes}; ${formatCount(notAssessed)} ${plural(notAssessed, "was", "were")} not assessed in full.`;
}

/** Controls by cost: what the missing points are made of. */
export function LayerControls({
  answer,
  base,
  here,
  showsAll,
}: {
  readonly answer: LayerResponse;
  readonly base: string;
  readonly here: string;
  readonly showsAll: boolean;
}): ReactNode {
  const failing = answer.controls.filter((row) => standingOf(row) === "failing");
  const shown = showsAll ? answer.controls : failing.slice(0, SHOWN_CONTROLS);
  const rest = failing.slice(SHOWN_CONTROLS);
  const raw = answer.layer.raw;
  const cleared = answer.controls.filter((row) => standingOf(row) !== "failing" && Math.abs(changeOf(row)) >= 0.005);
  const isAllClear = !showsAll && failing.length + cleared.length === 0;
  const hasBefore = answer.controls.some((row) => row.costBefore !== null);
  const tally = tallyControls(answer.controls);
  const change = (rows: readonly Row[]): string => (hasBefore ? formatPointChange(sum(rows, changeOf), 2) : "–");
  return (
    <Section
      ruled={false}
      title={costTitle(
        failing.map((row) => row.cost),
        tally.notAssessed === 0,
      )}
      note={isAllClear ? undefined : raw === null ? "Costs before the cap" : `Costs before the cap; they add up to 100 minus ${formatPoints(raw, 2)}`}
    >
      {answer.controls.length === 0 ? (
        <p className="cap">No control of this layer was judged in this snapshot.</p>
      ) : isAllClear ? (
        <Message say={tally.passing === 0 && tally.notAssessed > 0 ? "Nothing is known to fail here" : "Nothing fails here"}>{clearSentence(tally)}</Message>
      ) : (
        <table className="table even by-cost">
          <thead>
            <tr>
              <th scope="col" className="w-sev">
                Worst open
              </th>
              <th scope="col">Should hold</th>
              <th scope="col" className="w-share">
                Failing of assessed
              </th>
              <th scope="col" className="num w-num">
                Points
              </th>
              <th scope="col" className="num w-num opt">
                Gain
              </th>
              <th scope="col" className="num w-num opt">
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <ControlRow key={row.control} row={row} base={base} />
            ))}
            {showsAll || rest.length === 0 ? null : (
              <tr className="rest">
                <td />
                <td>
                  <PostureLink
                    className="link"
                    href={`${here}?all=true`}
                    scroll={false}
                  >{`${formatCount(rest.length)} more failing ${plural(rest.length, "control")}`}</PostureLink>
                </td>
                <td>
                  {formatNoun(
                    sum(rest, (row) => row.failing),
                    "finding",
                  )}
                </td>
                <td className="num">
                  {formatPoints(
                    sum(rest, (row) => row.cost),
                    2,
                  )}
                </td>
                <td className="opt" />
                <td className="num opt">{change(rest)}</td>
              </tr>
            )}
            {showsAll || cleared.length === 0 ? null : (
              <tr className="rest">
                <td />
                <td>{`${formatNoun(cleared.length, "control")} that ${plural(cleared.length, "fails", "fail")} no longer`}</td>
                <td className="muted">no finding</td>
                <td className="num">{formatPoints(0, 2)}</td>
                <td className="opt" />
                <td className="num opt">{change(cleared)}</td>
              </tr>
            )}
            <tr className="total">
              <td />
              <td>{`All ${formatCount(failing.length)} failing ${plural(failing.length, "control")}`}</td>
              <td>
                {formatNoun(
                  sum(failing, (row) => row.failing),
                  "finding",
                )}
              </td>
              <td className="num">
                {formatPoints(
                  sum(failing, (row) => row.cost),
                  2,
                )}
              </td>
              <td className="opt" />
              <td className="num opt">{change(answer.controls)}</td>
            </tr>
          </tbody>
        </table>
      )}
      <p className="cap foot-note">
        {isAllClear ? null : (
          <span className="gain-is">
            Gain = points won by fixing all of it, cap included.{" "}
            {hasBefore ? "Change = points won (+) or lost (−) since the earlier moment, before the cap. " : null}
          </span>
        )}
        {answer.rolledUp === 0
          ? null
          : `${formatNoun(answer.rolledUp, "more finding")} ${plural(answer.rolledUp, "is", "are")} of controls that sum up others by level of the Pod Security Standards: they cost nothing, and are not counted here. `}
        {showsAll ? (
          <PostureLink className="link no-print" href={here} scroll={false}>
            Show only what costs the most
          </PostureLink>
        ) : (
          <PostureLink className="link no-print" href={`${here}?all=true`} scroll={false}>
            Show what passes and what was not assessed too
          </PostureLink>
        )}
      </p>
    </Section>
  );
}
