import type { ReactNode } from "react";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { formatPointChange, formatPoints, formatScore } from "@/lib/format/numbers";
import { hasNothingToJudge } from "@/lib/model/layer";
import { CAUSE_WORDS, hasBothEnds, RARE_CAUSES } from "../posture/to-reading";
import { LayerTag } from "../primitives/layer-tag";
import { Pill } from "../primitives/pill";
import { Section } from "../primitives/section";
import { SideScroll } from "../primitives/side-scroll";

type Waterfall = CompareResponse["waterfalls"][number];
type Cause = Waterfall["rows"][number]["cause"];

const CAUSES: readonly Cause[] = ["new-resources", "gone-resources", "newly-failing", "fixed", "exceptions", "settings", "catalogue", "coverage", "cap"];

const pointsOf = (waterfall: Waterfall, cause: Cause): number => waterfall.rows.find((row) => row.cause === cause)?.points ?? 0;

const NOTHING = <span className="muted">–</span>;

/** The score at the later moment, or the sign of why there is none. */
function Now({ score, to }: { readonly score: CompareResponse["layers"][number] | undefined; readonly to: number | null }): ReactNode {
  if (score === undefined || hasNothingToJudge(score)) return NOTHING;
  if (score.score !== null && to !== null) return formatPoints(to, 2);
  return (
    <Pill kind="not-assessed" title={`Not enough evidence for a score${to === null ? "" : `; with what was known before it would be ${formatPoints(to)}`}`}>
      {formatScore(null)}
    </Pill>
  );
}

/** Of a layer that was judged at one moment alone, nothing moved. */
function Whole({ waterfall, hasScore }: { readonly waterfall: Waterfall; readonly hasScore: boolean }): ReactNode {
  if (!hasScore) return NOTHING;
  return hasBothEnds(waterfall) ? <Change points={waterfall.to - waterfall.from} /> : <span className="cap">now judged</span>;
}

function Change({ points }: { readonly points: number }): ReactNode {
  const words = formatPointChange(points, 2);
  return words === "0" ? <span className="muted">0</span> : words;
}

/** Where the points went; every column adds up. */
export function CompareLedger({ compare, then, now }: { readonly compare: CompareResponse; readonly then: string; readonly now: string }): ReactNode {
  const { waterfalls } = compare;
  const scoreOf = (layer: Waterfall["layer"]) => compare.layers.find((score) => score.layer === layer);
  const causes = CAUSES.filter((cause) => !RARE_CAUSES.has(cause) || waterfalls.some((waterfall) => pointsOf(waterfall, cause) !== 0));
  return (
    <Section ruled={false} className="c6" title="Where the points went" note="Points; before rounding each column adds up">
      <SideScroll label="Points by cause and layer">
        <table className="table ledger">
          <caption className="sr">Where the points went, by cause and layer</caption>
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
                  {waterfall.from === null ? NOTHING : formatPoints(waterfall.from, 2)}
                </td>
              ))}
            </tr>
            {causes.map((cause) => (
              <tr key={cause}>
                <th scope="row">{CAUSE_WORDS[cause]}</th>
                {waterfalls.map((waterfall) => (
                  <td key={waterfall.layer} className="num">
                    {hasBothEnds(waterfall) ? <Change points={pointsOf(waterfall, cause)} /> : NOTHING}
                  </td>
                ))}
              </tr>
            ))}
            <tr className="total">
              <th scope="row">{now}</th>
              {waterfalls.map((waterfall) => (
                <td key={waterfall.layer} className="num">
                  <Now score={scoreOf(waterfall.layer)} to={waterfall.to} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">Change</th>
              {waterfalls.map((waterfall) => (
                <td key={waterfall.layer} className="num">
                  <Whole waterfall={waterfall} hasScore={scoreOf(waterfall.layer)?.score != null} />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </SideScroll>
    </Section>
  );
}
