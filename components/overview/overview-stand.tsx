import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { formatCount } from "@/lib/format/numbers";
import { workloadFindings } from "@/lib/format/paths";
import { countAll } from "@/lib/model/severity";
import { Rings } from "../charts/rings";
import { StandTable } from "../charts/stand-table";
import { isWhole, isWholeSince, toReading } from "../posture/to-reading";
import { Movers } from "./movers";

/** Below the figure of what is open: none is only "open" where everything was assessed. */
export function openWords(overview: Pick<OverviewResponse, "open" | "openBefore"> & { readonly layers: Parameters<typeof isWhole>[0] }): string {
  const open = countAll(overview.open) > 0 || isWhole(overview.layers) ? "open" : "known open";
  if (!overview.openBefore) return open;
  const change = countAll(overview.open) - countAll(overview.openBefore);
  return change === 0 ? `${open}, as many as before` : `${open}, ${formatCount(Math.abs(change))} ${change > 0 ? "more" : "fewer"}`;
}

/** Nothing could be assessed and nothing is known from before: a zero would be a count that nobody made. */
export function isUncounted({
  layers,
  open,
  opened,
  closed,
}: Pick<OverviewResponse, "open" | "opened" | "closed"> & { readonly layers: Parameters<typeof isWhole>[0] }): boolean {
  return layers.every(({ coverage }) => coverage === 0) && countAll(open) + opened + closed === 0;
}

/** Rings, four scores, and what changed: the answer above the fold. */
export function OverviewStand({
  overview,
  base,
  baseline,
}: {
  readonly overview: OverviewResponse;
  readonly base: string;
  /** null = nothing earlier is compared with. */
  readonly baseline: string | null;
}): ReactNode {
  const layers = overview.layers.map((score) => ({ score, reading: toReading(score), href: `${base}/layers/${score.layer}` }));
  return (
    <div className="stand-in">
      <section className="stand" aria-label="Where we stand">
        <div className="emb">
          <Rings rings={layers.map(({ reading, href }) => ({ reading, href }))} label="Scores of the four layers" />
        </div>
        <StandTable
          baseline={baseline}
          rows={layers.map(({ score, reading, href }) => ({
            reading,
            href,
            critical: score.open.critical,
            high: score.open.high,
            switchedOff: score.switchedOff,
          }))}
        />
        <div className="changes">
          <Movers
            base={base}
            baseline={baseline}
            isFirst={overview.moment.at?.seq === 1}
            flow={[
              { word: "opened", count: overview.opened, href: workloadFindings(base, "tab=opened") },
              { word: "closed", count: overview.closed, href: workloadFindings(base, "tab=closed") },
              { word: openWords(overview), count: countAll(overview.open), href: workloadFindings(base) },
            ]}
            movers={overview.movers}
            isUncounted={isUncounted(overview)}
            isWhole={isWholeSince(overview.layers)}
          />
        </div>
      </section>
    </div>
  );
}
