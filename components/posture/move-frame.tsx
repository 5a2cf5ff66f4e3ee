import type { ReactNode } from "react";
import { formatPointChange, formatPoints } from "@/lib/format/numbers";
import { ChartFrame } from "../charts/chart-frame";
import type { WaterfallStep } from "../charts/waterfall-scale";
import type { MovedLayer } from "./to-reading";

interface MoveFrameProps {
  readonly waterfall: MovedLayer;
  /** The same, as it is drawn. */
  readonly steps: readonly WaterfallStep[];
  readonly title: string;
  readonly note: ReactNode;
  readonly className: string;
  readonly children: ReactNode;
}

/** Round the picture of why a score moved: its summary, and its causes as a table. */
export function MoveFrame({ waterfall, steps, title, note, className, children }: MoveFrameProps): ReactNode {
  return (
    <ChartFrame
      className={className}
      title={title}
      note={note}
      summary={`The ${waterfall.layer} score went from ${formatPoints(waterfall.from)} to ${formatPoints(waterfall.to)}.`}
      table={{
        columns: [{ label: "Cause" }, { label: "Points", numeric: true }],
        rows: steps.map((step) => ({ cells: [step.name, step.kind === "total" ? formatPoints(step.points) : formatPointChange(step.points)] })),
      }}
    >
      {children}
    </ChartFrame>
  );
}
