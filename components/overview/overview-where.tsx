import type { ReactNode } from "react";
import type { HeatRow as HeatRowDto, OverviewResponse } from "@/lib/contracts/overview";
import { gapsTitle, heatTitle } from "@/lib/format/chart-titles";
import { formatNoun } from "@/lib/format/numbers";
import { workloadFindings } from "@/lib/format/paths";
import { joinWords } from "@/lib/model/join-words";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { tableOf } from "@/lib/model/table-of";
import { HEAT_BOUNDS } from "../charts/heat-tint";
import { type HeatCell, HeatMap, type HeatRow } from "../charts/heat-map";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { areManyGaps } from "../posture/gap-list";
import { NotAssessedList } from "../posture/not-assessed-list";
import { SwitchedOff } from "../posture/switched-off";

const SHOWN = 12;
const SHOWN_GAPS = 6;

function toCell(cell: HeatRowDto["cells"][number], href: string): HeatCell {
  if (cell.isEmpty) return { kind: "none" };
  if (!cell.isAssessed) return { kind: "not-assessed", reason: "Nothing of this layer could be assessed here." };
  return { kind: "points", points: cell.points, worst: cell.worst, href };
}

function toRow(row: HeatRowDto, base: string): HeatRow {
  const query = `namespace=${encodeURIComponent(row.namespace || "-")}`;
  const cells = Object.fromEntries(row.cells.map((cell) => [cell.layer, toCell(cell, workloadFindings(base, `${query}&layer=${cell.layer}`))])) as Record<
    Layer,
    HeatCell
  >; // safe: a row has one cell per layer
  return { name: row.namespace || "Cluster-wide", isWord: row.namespace === "", href: workloadFindings(base, query), cells };
}

function othersRow(rows: readonly HeatRowDto[]): HeatRow {
  const cells = tableOf(LAYERS, (layer): HeatCell => {
    const own = rows.flatMap((row) => row.cells.filter((cell) => cell.layer === layer && !cell.isEmpty));
    const points = own.reduce((sum, cell) => sum + cell.points, 0);
    return own.length === 0 ? { kind: "none" } : { kind: "points", points, worst: null };
  });
  return { name: formatNoun(rows.length, "other"), cells };
}

/** Where it is: points per namespace and layer; and what was not assessed, with one action each. */
export function OverviewWhere({ overview, base }: { readonly overview: OverviewResponse; readonly base: string }): ReactNode {
  // One more needs no more room than to say that it is there.
  const shown = overview.heat.length === SHOWN + 1 ? SHOWN + 1 : SHOWN;
  const rest = overview.heat.slice(shown);
  const rows = overview.heat.slice(0, shown).map((row) => toRow(row, base));
  const costly = overview.heat.filter((row) => row.points >= 0.05).map((row) => row.namespace);
  const isAssessed = overview.heat.length === 0 || overview.heat.some((row) => row.cells.some((cell) => cell.isAssessed && !cell.isEmpty));
  const unread = overview.layers.map(({ layer, coverage }) => ({ layer, share: 1 - coverage })).filter(({ share }) => share >= 0.005);
  const isBelow = areManyGaps(overview.gaps);
  return (
    <div className={isBelow ? undefined : "sec cols"}>
      <Section
        ruled={isBelow}
        {...(isBelow ? {} : { className: "c8" })}
        title={heatTitle(costly, !isAssessed ? "none" : unread.length > 0 ? "some" : "all")}
        note="Cost in points before the cap"
      >
        <HeatMap rows={rest.length > 0 ? [...rows, othersRow(rest)] : rows} />
        {isAssessed ? (
          <p className="cap foot-note">
            Tint grows at {joinWords(HEAT_BOUNDS.slice(1).map(String))} points. Glyph = worst open severity in the cell, shown for critical and high. Each
            column adds up to 100 minus the layer’s score without cap.
          </p>
        ) : null}
      </Section>
      <Section
        ruled={isBelow}
        {...(isBelow ? {} : { className: "c4" })}
        title={gapsTitle(overview.gaps.length, unread)}
        note={
          <PostureLink className="link no-print" href={`${base}/sources`}>
            Sources
          </PostureLink>
        }
      >
        <NotAssessedList gaps={overview.gaps} shown={SHOWN_GAPS} unassessed={overview.unassessed} base={base} />
        <SwitchedOff sources={overview.switchedOff} base={base} />
      </Section>
    </div>
  );
}
