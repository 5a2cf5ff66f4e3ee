"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { LayerTag } from "../primitives/layer-tag";
import { SkeletonBlock } from "../primitives/skeleton-block";
import { useMoment } from "../shell/use-moment";
import { whyNoScore } from "./no-score";
import type { TrendSeries } from "./trend-series";

const HEIGHT = 120;
const TrendChart = dynamic(() => import("./trend-chart").then((module) => module.TrendChart), {
  ssr: false,
  loading: () => <SkeletonBlock label="Loading the trend" height={HEIGHT} />,
});

interface PanelProps {
  readonly series: TrendSeries;
  readonly sinceAt: string | undefined;
}

function Panel({ series, sinceAt }: PanelProps): ReactNode {
  const { setAt } = useMoment();
  const why = whyNoScore([series]);
  if (why === null) return <TrendChart series={series} height={HEIGHT} syncId="posture" onPick={setAt} {...(sinceAt === undefined ? {} : { sinceAt })} />;
  const isEmpty = why.kind === "empty";
  return (
    <p className={isEmpty ? "no-line" : "no-line hatch"} style={{ height: HEIGHT }}>
      <span>{isEmpty ? "nothing to judge" : "not enough evidence"}</span>
    </p>
  );
}

/** Four small panels on one scale with one crosshair; a click sets "as of". */
export function TrendPanels({ series, sinceAt }: { readonly series: readonly TrendSeries[]; readonly sinceAt?: string }): ReactNode {
  return (
    <div className="multi">
      {series.map((one) => (
        <div key={one.layer}>
          <h3 className="multi-t">
            <LayerTag layer={one.layer} />
            {one.note === undefined ? null : <span className="cap">{one.note}</span>}
          </h3>
          <Panel series={one} sinceAt={sinceAt} />
        </div>
      ))}
    </div>
  );
}
