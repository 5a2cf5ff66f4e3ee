import type { ReactNode } from "react";
import { formatAll, formatCount, formatNoun, formatPoints } from "@/lib/format/numbers";
import { plural } from "@/lib/format/plural";
import { mainReason } from "@/lib/format/reason-words";
import { SEVERITY_WORDS } from "@/lib/format/words";
import type { Layer } from "@/lib/model/layer";
import { severityRank } from "@/lib/model/severity";
import { LayerTag } from "../primitives/layer-tag";
import { PhoneFold } from "../primitives/phone-fold";
import { Pill } from "../primitives/pill";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { PostureLink } from "../shell/posture-link";
import { ShareBar } from "../tables/share-bar";
import { type CatalogueRow, resultOf } from "./filter-controls";
import { ColumnHeads } from "../tables/column-heads";

function Result({ row }: { readonly row: CatalogueRow }): ReactNode {
  const { counts } = row;
  const result = resultOf(row);
  if (result === "off") return <StateTag state="not-applicable">off</StateTag>;
  if (result === "no-subject" && counts && counts.manual > 0) return <StateTag state="manual" />;
  if (result === "no-subject" || !counts) return <span className="muted">not applicable</span>;
  if (result === "not-assessed")
    return (
      <Pill kind="not-assessed">
        {counts.n - counts.stale === 0 ? "not assessed" : `${formatCount(counts.n)} pass, ${formatCount(counts.unknown)} not assessed`}
      </Pill>
    );
  if (result === "source-off") return <StateTag state="not-applicable">its source is off</StateTag>;
  if (result === "passes") return <StateTag state="pass">{counts.n === 1 ? "1 passes" : `${formatAll(counts.n)} pass`}</StateTag>;
  return <ShareBar part={counts.failing} whole={counts.n} />;
}

/** Why not all of it was assessed, in one line. */
function Why({ row }: { readonly row: CatalogueRow }): ReactNode {
  const reason = mainReason(row.unassessed);
  return reason === "" ? null : (
    <span className="cap two" title={reason}>
      {reason}
    </span>
  );
}

/** Zero is a figure; where there was nothing to count, there is none. */
function Figure({ words, isZero, isCounted }: { readonly words: string; readonly isZero: boolean; readonly isCounted: boolean }): ReactNode {
  return isZero ? <span className="muted">{isCounted ? "0" : "–"}</span> : words;
}

/** How many subjects were not assessed, and what those that fail cost: nothing that was not judged costs 0. */
function Figures({ row: { counts } }: { readonly row: CatalogueRow }): ReactNode {
  const { n, unknown, cost } = counts ?? { n: 0, unknown: 0, cost: 0 };
  return (
    <>
      <td className="num ph-hide">
        <Figure words={formatCount(unknown)} isZero={unknown === 0} isCounted={n > 0} />
      </td>
      <td className="num ph-right">
        <Figure words={formatPoints(cost, 2)} isZero={cost <= 0} isCounted={n > 0} />
      </td>
    </>
  );
}

/** Behind the id: what was changed of it here, and why. */
function Changed({ tuning }: Pick<CatalogueRow, "tuning">): ReactNode {
  const { disabled, reweighted, own } = tuning;
  const words = [
    ...(own === null ? [] : ["own"]),
    ...(disabled === null ? [] : [`off: ${disabled}`]),
    ...(disabled !== null || reweighted === null ? [] : [`${SEVERITY_WORDS[reweighted.from].toLowerCase()} elsewhere: ${reweighted.reason}`]),
  ];
  return words.length === 0 ? null : <span className="cap">{` · ${words.join(" · ")}`}</span>;
}

interface CatalogueLayerProps {
  readonly layer: Layer;
  readonly rows: readonly CatalogueRow[];
  readonly base: string;
  /** Whether a phone shows the controls, or only how many there are. */
  readonly isOpen: boolean;
}

/** Controls of one layer: what costs the most first, then the gravest. */
export function CatalogueLayer({ layer, rows, base, isOpen }: CatalogueLayerProps): ReactNode {
  if (rows.length === 0) return null;
  const sorted = [...rows].sort(
    (a, b) =>
      (b.counts?.cost ?? 0) - (a.counts?.cost ?? 0) ||
      (b.counts?.failing ?? 0) - (a.counts?.failing ?? 0) ||
      severityRank(a.severity) - severityRank(b.severity) ||
      (a.id < b.id ? -1 : 1),
  );
  const failing = rows.filter((row) => resultOf(row) === "fails").length;
  const note =
    failing === 0 ? formatNoun(rows.length, "control") : `${formatCount(failing)} of ${formatNoun(rows.length, "control")} ${plural(failing, "fails", "fail")}`;
  return (
    <Section title={<LayerTag layer={layer} />} note={note} className="catalogue foldable">
      <PhoneFold name={<LayerTag layer={layer} />} note={note} isOpen={isOpen} />
      <table className="table rows even">
        <caption className="sr">{`Controls of the ${layer} layer`}</caption>
        <ColumnHeads
          columns={[["Severity", "w-sev"], ["Control"], ["Failing of assessed", "w-share"], ["Not assessed", "num w-unread"], ["Points", "num w-num"]]}
        />
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id}>
              <td>
                <SeverityTag severity={row.severity} />
              </td>
              <td>
                <PostureLink className="row-a" href={`${base}/controls/${row.id}`}>
                  {row.title}
                  <span className="mono clip">
                    {row.id}
                    <Changed tuning={row.tuning} />
                  </span>
                </PostureLink>
                <Why row={row} />
              </td>
              <td>
                <Result row={row} />
              </td>
              <Figures row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
