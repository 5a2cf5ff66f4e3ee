import { ImageResponse } from "next/og";
import { toReading } from "@/components/posture/to-reading";
import { CARD_SIZE, SocialCard } from "@/components/social/social-card";
import { FINDING_STATE_WORDS, findingTitle } from "@/lib/format/finding-titles";
import { formatDate } from "@/lib/format/instant";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { readOrNotFound, readSegment } from "@/lib/http/read-page";
import { getFinding } from "@/lib/reads/get-finding";
import { getOverview } from "@/lib/reads/get-overview";

export const alt = "What fails, how bad it is, and how the cluster stands";
export const size = CARD_SIZE;
export const contentType = "image/png";

/** Shows the finding as it is now: a picture's address holds no moment. */
export default async function Image({ params }: { readonly params: Promise<{ readonly cluster: string; readonly id: string }> }): Promise<ImageResponse> {
  const { cluster, id } = await params;
  const [finding, overview] = await readOrNotFound(() => Promise.all([getFinding(cluster, readSegment(id), {}), getOverview(cluster, {})]));
  const { at } = finding.moment;
  const state =
    finding.closedAt === null
      ? `${FINDING_STATE_WORDS[finding.state]} since ${formatDate(new Date(finding.openedAt ?? finding.firstSeenAt))}`
      : `${FINDING_STATE_WORDS[finding.state]}, ${formatDate(new Date(finding.closedAt))}`;
  const lines = [`${SEVERITY_WORDS[finding.severity]}. ${state}.`, `Should hold: ${finding.shouldHold}`];
  const stamp = at === null ? finding.id : `${finding.id}, ${formatDate(new Date(at.takenAt))}`;
  return new ImageResponse(
    <SocialCard
      cluster={overview.cluster.name}
      isDemo={overview.cluster.isDemo}
      answer={findingTitle(finding)}
      lines={lines}
      readings={overview.layers.map(toReading)}
      stamp={stamp}
    />,
    size,
  );
}
