"use client";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { SkeletonBlock } from "../primitives/skeleton-block";
import { useMoment } from "../shell/use-moment";
import type { OpenChartProps } from "./open-chart";

/** Kept equal to OPEN_HEIGHT of the chart, which is loaded later and so cannot be asked. */
const HEIGHT = 344;
const OpenChart = dynamic(() => import("./open-chart").then((module) => module.OpenChart), {
  ssr: false,
  loading: () => <SkeletonBlock label="Loading open findings" height={HEIGHT} />,
});

/** What is open and what came and went; a click sets "as of". */
export function OpenFindings(props: Omit<OpenChartProps, "onPick">): ReactNode {
  const { setAt } = useMoment();
  return <OpenChart {...props} onPick={setAt} />;
}
