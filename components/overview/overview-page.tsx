import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { formatDay, formatInstant } from "@/lib/format/instant";
import { formatCount, formatNoun, formatScore } from "@/lib/format/numbers";
import { othersSentence, overviewTitle } from "@/lib/format/posture-titles";
import { TunedLink } from "../posture/tuned-link";
import { toReading } from "../posture/to-reading";
import { PageHead } from "../primitives/page-head";
import { PageFoot } from "../shell/page-foot";
import { OverviewOpen } from "./overview-open";
import { OverviewPlan } from "./overview-plan";
import { OverviewStand } from "./overview-stand";
import { OverviewTrend } from "./overview-trend";
import { OverviewWhere } from "./overview-where";

const HELD_BY = { critical: "an open critical finding holds", high: "an open high finding holds", "attack-path": "an attack path holds" } as const;

function capSentence(overview: OverviewResponse): string {
  const weakest = overview.layers.find((score) => score.layer === overview.weakest);
  if (!weakest?.isCapped || weakest.raw === null || weakest.capReason === null) return "";
  const sentence = HELD_BY[weakest.capReason];
  return `${sentence[0]?.toUpperCase()}${sentence.slice(1)} it at ${weakest.cap}; without it, it would be ${formatScore(weakest.raw)}. `;
}

function footParts(overview: OverviewResponse): readonly string[] {
  const { cluster, facts, moment } = overview;
  if (!facts || !moment.at) return [cluster.name];
  const platform =
    overview.platformNamespaces > 0
      ? `${formatNoun(overview.platformNamespaces, "platform namespace")} score separately${overview.platformScore === null ? "" : `: ${formatScore(overview.platformScore)}`}`
      : null;
  return [
    cluster.isDemo ? `${cluster.name} (demo)` : cluster.name,
    `${formatNoun(facts.workloads, "workload")} in ${formatNoun(facts.namespaces, "namespace")}, ${formatNoun(facts.nodes, "node")}${cluster.kubeVersion ? `, Kubernetes ${cluster.kubeVersion}` : ""}`,
    `snapshot ${formatCount(moment.at.seq)} of ${formatInstant(new Date(moment.at.takenAt))}`,
    `catalogue ${facts.catalogueVersion}`,
    ...(platform ? [platform] : []),
  ];
}

/** Where do we stand, what changed, what first. */
export function OverviewPage({ overview, base }: { readonly overview: OverviewResponse; readonly base: string }): ReactNode {
  const readings = overview.layers.map(toReading);
  const baseline = overview.moment.since ? formatDay(new Date(overview.moment.since.takenAt)) : "the first scan";
  return (
    <>
      <PageHead
        answer={overviewTitle(readings, baseline)}
        sub={
          <>
            {`${capSentence(overview)}${othersSentence(readings)}`}
            <TunedLink tuned={overview.tuned} base={base} />
          </>
        }
      />
      <OverviewStand overview={overview} base={base} baseline={baseline} />
      <OverviewTrend overview={overview} base={base} />
      <OverviewPlan overview={overview} base={base} />
      <OverviewOpen overview={overview} />
      <OverviewWhere overview={overview} base={base} />
      <PageFoot parts={[...footParts(overview)]} />
    </>
  );
}
