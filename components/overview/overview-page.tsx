import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import type { TimeZone } from "@/lib/format/instant";
import { spanWords } from "@/lib/format/moment-words";
import { formatNoun, formatScore } from "@/lib/format/numbers";
import { plural } from "@/lib/format/plural";
import { othersSentence } from "@/lib/format/posture-titles";
import { CapReason } from "../posture/cap-reason";
import { overviewAnswer } from "../posture/overview-answer";
import { TunedLink } from "../posture/tuned-link";
import { toReading } from "../posture/to-reading";
import { unreadKinds, WayToScore } from "../posture/way-to-score";
import { PageHead } from "../primitives/page-head";
import { type FootPart, PageFoot } from "../shell/page-foot";
import { factWords } from "./fact-words";
import { OverviewOpen } from "./overview-open";
import { OverviewPlan } from "./overview-plan";
import { OverviewStand } from "./overview-stand";
import { OverviewTrend } from "./overview-trend";
import { OverviewWhere } from "./overview-where";

function footParts(overview: OverviewResponse, base: string): readonly FootPart[] {
  const { cluster, facts, moment } = overview;
  if (!facts || !moment.at) return [];
  const platform =
    overview.platformNamespaces > 0
      ? `${formatNoun(overview.platformNamespaces, "platform namespace")} ${plural(overview.platformNamespaces, "scores", "score")} separately${overview.platformScore === null ? "" : `: ${formatScore(overview.platformScore)}`}`
      : null;
  return [
    `${factWords(facts, unreadKinds(overview))}${cluster.kubeVersion ? `, Kubernetes ${cluster.kubeVersion}` : ""}`,
    moment.at,
    `catalogue ${facts.catalogueVersion}`,
    ...(platform ? [platform] : []),
    ...(overview.platformOpen > 0
      ? [{ text: `${formatNoun(overview.platformOpen, "finding")} open on the platform`, href: `${base}/findings?scope=platform` }]
      : []),
  ];
}

/** Where do we stand, what changed, what first. */
export function OverviewPage({ overview, base, zone }: { readonly overview: OverviewResponse; readonly base: string; readonly zone: TimeZone }): ReactNode {
  const readings = overview.layers.map(toReading);
  const baseline = spanWords(overview.moment, zone)?.from ?? null;
  return (
    <>
      <PageHead
        answer={overviewAnswer(overview, zone)}
        sub={
          <>
            <CapReason overview={overview} base={base} />
            <WayToScore overview={overview} base={base} />
            {othersSentence(readings)}
            <TunedLink tuned={overview.tuned} base={base} />
          </>
        }
      />
      <OverviewStand overview={overview} base={base} baseline={baseline} />
      <OverviewTrend overview={overview} base={base} zone={zone} />
      <OverviewPlan overview={overview} base={base} zone={zone} />
      <OverviewOpen overview={overview} base={base} zone={zone} />
      <OverviewWhere overview={overview} base={base} />
      <PageFoot parts={[...footParts(overview, base)]} />
    </>
  );
}
