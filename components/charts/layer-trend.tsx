"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { SkeletonBlock } from "../primitives/skeleton-block";
import { useMoment } from "../shell/use-moment";
import type { TrendEvent, TrendSeries } from "./trend-series";

const HEIGHT = 262;
const TrendChart = dynamic(() => import("./trend-chart").then((module) => module.TrendChart), {
  ssr: false,
  loading: () => <SkeletonBlock label="Loading the trend" height={HEIGHT} />,
});

interface LayerTrendProps {
  readonly series: TrendSeries;
  readonly events: readonly TrendEvent[];
  readonly sinceAt?: string;
}

/** One layer over time with an event lane and the line without cap. */
export function LayerTrend({ series, events, sinceAt }: LayerTrendProps): ReactNode {
  const { setAt } = useMoment();
  return <TrendChart big series={series} height={HEIGHT} syncId="posture" onPick={setAt} events={events} {...(sinceAt === undefined ? {} : { sinceAt })} />;
}
