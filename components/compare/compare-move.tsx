import type { ReactNode } from "react";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { waterfallTitle } from "@/lib/format/chart-titles";
import { formatPoints } from "@/lib/format/numbers";
import { LAYER_WORDS } from "@/lib/format/words";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { Waterfall } from "../charts/waterfall";
import { isStill } from "../charts/waterfall-scale";
import { MoveFrame } from "../posture/move-frame";
import { hasBothEnds, toWaterfallSteps } from "../posture/to-reading";
import { LinkTabs } from "../primitives/link-tabs";
import { Message } from "../primitives/message";
import { Section } from "../primitives/section";
import { compareHref, type CompareShown } from "./compare-href";

interface CompareMoveProps {
  readonly compare: CompareResponse;
  readonly layer: Layer;
  readonly shown: CompareShown;
  readonly then: string;
  readonly now: string;
  readonly base: string;
}

/** The same ledger as a picture, one layer at a time. */
export function CompareMove({ compare, layer, shown, then, now, base }: CompareMoveProps): ReactNode {
  const waterfall = compare.waterfalls.find((entry) => entry.layer === layer);
  if (!waterfall) return null;
  const note = (
    <LinkTabs
      kind="seg"
      label="Layer of the chart"
      tabs={LAYERS.map((one) => ({ href: compareHref(base, { ...shown, layer: one }), label: LAYER_WORDS[one], current: one === layer }))}
    />
  );
  if (!hasBothEnds(waterfall)) {
    const missing = [...(waterfall.from === null ? [then] : []), ...(waterfall.to === null ? [now] : [])];
    return (
      <Section ruled={false} className="c6" title={`${LAYER_WORDS[layer]} has no score to compare`} note={note}>
        <Message say={`Nothing of this layer was assessed ${missing.length === 1 ? `on ${missing[0]}` : "at either moment"}`}>
          A score that begins or ends has neither gained nor lost points.
        </Message>
      </Section>
    );
  }
  const raw = compare.layers.find((score) => score.layer === layer)?.raw ?? null;
  const steps = toWaterfallSteps(waterfall, { from: then, to: now }, raw);
  return (
    <MoveFrame
      className="c6"
      waterfall={waterfall}
      steps={steps}
      title={waterfallTitle(
        layer,
        steps.filter((step) => step.kind !== "total"),
      )}
      note={note}
    >
      {isStill(steps) ? (
        <Message say={`${formatPoints(waterfall.from)} on both`}>No cause gained or lost points between the two moments.</Message>
      ) : (
        <Waterfall steps={steps} rowHeight={30} />
      )}
    </MoveFrame>
  );
}
