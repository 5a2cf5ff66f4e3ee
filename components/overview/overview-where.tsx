import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { gapsTitle, heatTitle } from "@/lib/format/chart-titles";
import { joinWords } from "@/lib/model/join-words";
import { HEAT_BOUNDS } from "../charts/heat-tint";
import { HeatMap } from "../charts/heat-map";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { areManyGaps } from "../posture/gap-list";
import { NotAssessedList } from "../posture/not-assessed-list";
import { SwitchedOff } from "../posture/switched-off";
import { toHeatMapRows } from "./to-heat-map-rows";

const SHOWN_GAPS = 6;

/** Where it is: points per namespace and layer; and what was not assessed, with one action each. */
export function OverviewWhere({ overview, base }: { readonly overview: OverviewResponse; readonly base: string }): ReactNode {
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
        <HeatMap rows={toHeatMapRows(overview.heat, base)} />
        {isAssessed ? (
          <p className="cap foot-note">
            Tint grows at {joinWords(HEAT_BOUNDS.slice(1).map(String))} points, hatch = nothing of the layer could be assessed there, – = nothing to judge.
            Glyph = worst open severity in the cell, shown for critical and high. Before rounding, each column adds up to 100 minus the layer’s score without
            cap.
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
