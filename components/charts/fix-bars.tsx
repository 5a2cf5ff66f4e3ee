import type { ReactNode } from "react";
import { formatPointChange, formatPoints } from "@/lib/format/numbers";
import type { Layer } from "@/lib/model/layer";
import { LayerTag } from "../primitives/layer-tag";
import { PostureLink } from "../shell/posture-link";

export interface FixStep {
  readonly key: string;
  readonly what: string;
  /** What holds then. */
  readonly holds: string;
  readonly layer: Layer;
  /** Score before this step, with all steps above done. */
  readonly from: number;
  /** Points that it gains then. */
  readonly gain: number;
  /** "112 objects, 1 chart" */
  readonly touches: string;
  readonly href: string;
}

/** What to fix first: steps in order, each gain after the ones above it. */
export function FixBars({ steps }: { readonly steps: readonly FixStep[] }): ReactNode {
  const longest = Math.max(...steps.map((step) => step.gain), 0.01);
  return (
    <ol className="plan">
      {steps.map((step, index) => (
        <li key={step.key}>
          <PostureLink className="plan-a" href={step.href}>
            <span className="n">{index + 1}</span>
            <span className="what">
              <span className="do" title={step.what}>
                {step.what}
              </span>
              <span className="so clip" title={step.holds}>
                {step.holds}
              </span>
              <span className="cap">
                <LayerTag layer={step.layer} size={14} /> {formatPoints(step.from)} → {formatPoints(step.from + step.gain)} · {step.touches}
              </span>
            </span>
            <span className="gain">
              <i style={{ width: `${Math.max(0, step.gain / longest) * 100}%` }} />
              <b>{formatPointChange(step.gain)}</b>
            </span>
          </PostureLink>
        </li>
      ))}
    </ol>
  );
}
