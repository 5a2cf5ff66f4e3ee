import type { ReactNode } from "react";
import { firstClause } from "@/lib/format/first-clause";
import { formatPointChange } from "@/lib/format/numbers";
import type { Layer } from "@/lib/model/layer";
import { LayerTag } from "../primitives/layer-tag";
import { PostureLink } from "../shell/posture-link";

export interface FixStep {
  readonly key: string;
  readonly what: string;
  /** What holds then. */
  readonly holds: string;
  readonly layer: Layer;
  /** Where it leads, with all steps above done: the score of the layer before and after, or why it has none. */
  readonly leads: string;
  /** Points that it gains then. */
  readonly gain: number;
  /** "112 objects", or the one object and its page. */
  readonly touches: string | { readonly kind: string; readonly name: string; readonly href: string };
  readonly href: string;
}

function Touches({ touches }: Pick<FixStep, "touches">): ReactNode {
  if (typeof touches === "string") return touches;
  return (
    <PostureLink className="link one" href={touches.href}>
      {touches.kind} <span className="mono">{touches.name}</span>
    </PostureLink>
  );
}

/** What to fix first, two short lines a step: what to do and what holds then, what it gains and where that leads. Steps in order, each gain after the ones above it. */
export function FixBars({ steps }: { readonly steps: readonly FixStep[] }): ReactNode {
  const longest = Math.max(...steps.map((step) => step.gain), 0.01);
  return (
    <ol className="plan">
      {steps.map((step, index) => (
        <li key={step.key}>
          <div className="plan-a">
            <span className="n">{index + 1}</span>
            <span className="what">
              <PostureLink className="row-a do" href={step.href} title={step.what}>
                {firstClause(step.what)}
              </PostureLink>
              <span className="so">
                <Touches touches={step.touches} /> · {step.holds}
              </span>
            </span>
            <span className="gain">
              <span className="gain-bar">
                <i style={{ width: `${Math.max(0, step.gain / longest) * 100}%` }} />
                <b>{formatPointChange(step.gain)}</b>
              </span>
              <span className="cap">
                <LayerTag layer={step.layer} size={14} /> {step.leads}
              </span>
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}
