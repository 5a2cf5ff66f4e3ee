import type { ReactNode } from "react";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { formatPointChange, formatPoints, formatScore } from "@/lib/format/numbers";
import { CAUSE_WORDS, RARE_CAUSES } from "../posture/to-reading";
import { LayerTag } from "../primitives/layer-tag";
import { Pill } from "../primitives/pill";
import { Section } from "../primitives/section";

type Waterfall = CompareResponse["waterfalls"][number];
type Cause = Waterfall["rows"][number]["cause"];

const CAUSES: readonly Cause[] = ["new-resources", "gone-resources", "newly-failing", "fixed", "exceptions", "settings", "catalogue", "coverage", "cap"];

const pointsOf = (waterfall: Waterfall, cause: Cause): number => waterfall.rows.find((row) => row.cause === cause)?.points ?? 0;

function Change({ points }: { readonly points: number }): ReactNode {
  const words = formatPointChange(points, 2);
  return words === "0" ? <span className="muted">0</span> : words;
}

/** Where the points went; every column adds up. */
export function CompareLedger({ compare, then, now }: { readonly compare: CompareResponse; readonly then: string; readonly now: string }): ReactNode {
  const { waterfalls } = compare;
  const hasScore = (layer: Waterfall["layer"]): boolean => compare.layers.find((score) => score.layer === layer)?.score != null;
  const causes = CAUSES.filter((cause) => !RARE_CAUSES.has(cause) || waterfalls.some((waterfall) => pointsOf(waterfall, cause) !== 0));
  return (
    <Section ruled={false} className="c6" title="Where the points went" note="Points; each column adds up">
      <table className="table ledger">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">Cause</span>
            </th>
            {waterfalls.map((waterfall) => (
              <th key={waterfall.layer} scope="col" className="num">
                <LayerTag layer={waterfall.layer} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="total">
            <th scope="row">{then}</th>
            {waterfalls.map((waterfall) => (
              <td key={waterfall.layer} className="num">
                {formatPoints(waterfall.from, 2)}
              </td>
            ))}
          </tr>
          {causes.map((cause) => (
            <tr key={cause}>
              <th scope="row">{CAUSE_WORDS[cause]}</th>
              {waterfalls.map((waterfall) => (
                <td key={waterfall.layer} className="num">
                  <Change points={pointsOf(waterfall, cause)} />
                </td>
              ))}
            </tr>
          ))}
          <tr className="total">
            <th scope="row">{now}</th>
            {waterfalls.map((waterfall) => (
              <td key={waterfall.layer} className="num">
                {hasScore(waterfall.layer) ? (
                  formatPoints(waterfall.to, 2)
                ) : (
                  <Pill kind="not-assessed" title={`Not enough evidence for a score; with what was known before it would be ${formatPoints(waterfall.to)}`}>
                    {formatScore(null)}
                  </Pill>
                )}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">Change</th>
            {waterfalls.map((waterfall) => (
              <td key={waterfall.layer} className="num">
                {hasScore(waterfall.layer) ? <Change points={waterfall.to - waterfall.from} /> : <span className="muted">–</span>}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Section>
  );
}
