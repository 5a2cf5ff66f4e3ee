import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { planTitle, waterfallTitle } from "@/lib/format/chart-titles";
import type { TimeZone } from "@/lib/format/instant";
import { spanWords } from "@/lib/format/moment-words";
import { formatNoun } from "@/lib/format/numbers";
import { objectWords, resourcePath, workloadFindings } from "@/lib/format/paths";
import { FixBars } from "../charts/fix-bars";
import { hasEvidence } from "../charts/layer-reading";
import { Waterfall } from "../charts/waterfall";
import { isStill } from "../charts/waterfall-scale";
import { isAllEmpty } from "@/lib/model/layer";
import { MoveFrame } from "../posture/move-frame";
import { hasBothEnds, toReading, toWaterfallSteps } from "../posture/to-reading";
import { Section } from "../primitives/section";
import { stepLead } from "./step-lead";

/** What to fix first, and why the weakest layer moved. */
export function OverviewPlan({ overview, base, zone }: { readonly overview: OverviewResponse; readonly base: string; readonly zone: TimeZone }): ReactNode {
  const { plan, waterfall, moment, cluster } = overview;
  const steps = plan.map((step) => ({
    key: step.control,
    what: step.title,
    holds: step.holds,
    layer: step.layer,
    leads: stepLead(step, overview.layers),
    gain: step.gain,
    touches: step.object === null ? formatNoun(step.objects, "object") : { ...objectWords(step.object), href: resourcePath(cluster.slug, step.object) },
    href: workloadFindings(base, `control=${step.control}`),
  }));
  const moved = waterfall && hasBothEnds(waterfall) ? waterfall : null;
  const measured = spanWords(moment, zone);
  const allMoves = moved && measured ? toWaterfallSteps(moved, measured, overview.layers.find((score) => score.layer === moved.layer)?.raw) : null;
  const readings = overview.layers.map(toReading);
  const isScored = readings.some(hasEvidence);
  const moves = allMoves === null || isStill(allMoves) ? null : allMoves;
  return (
    <div className="sec cols">
      <Section
        ruled={false}
        className={moves ? "c7" : "c12"}
        title={planTitle(plan, isScored)}
        note={steps.length > 0 ? "Points gained by each, after the steps above it" : undefined}
      >
        {steps.length > 0 ? (
          <FixBars steps={steps} />
        ) : (
          <p className="cap">
            {isScored
              ? "No open finding costs points at this moment."
              : isAllEmpty(readings)
                ? "Scores appear with the first workload, or anything else that a control judges."
                : "Close the gaps below first: too little could be judged."}
          </p>
        )}
      </Section>
      {moves && moved ? (
        <MoveFrame
          className="c5"
          waterfall={moved}
          steps={moves}
          title={waterfallTitle(
            moved.layer,
            moves.filter((step) => step.kind !== "total"),
          )}
          note="Points"
        >
          <Waterfall steps={moves} />
        </MoveFrame>
      ) : null}
    </div>
  );
}
