import { ImageResponse } from "next/og";
import { toReading } from "@/components/posture/to-reading";
import { CARD_SIZE, SocialCard } from "@/components/social/social-card";
import { formatInstant } from "@/lib/format/instant";
import { othersSentence, overviewTitle } from "@/lib/format/posture-titles";
import { readOrNotFound } from "@/lib/http/read-page";
import { getOverview } from "@/lib/reads/get-overview";

export const alt = "The four rings of the cluster: scores of cloud, cluster, container and code";
export const size = CARD_SIZE;
export const contentType = "image/png";

export default async function Image({ params }: { readonly params: Promise<{ readonly cluster: string }> }): Promise<ImageResponse> {
  const { cluster } = await params;
  const overview = await readOrNotFound(() => getOverview(cluster, {}));
  const readings = overview.layers.map(toReading);
  const { at, since } = overview.moment;
  const stamp = at === null ? "No snapshot yet" : `Snapshot ${at.seq}, ${formatInstant(new Date(at.takenAt))}`;
  const answer = overviewTitle(readings, since === null ? "the first scan" : `snapshot ${since.seq}`);
  return new ImageResponse(
    <SocialCard
      cluster={overview.cluster.name}
      isDemo={overview.cluster.isDemo}
      answer={answer}
      lines={[othersSentence(readings)].filter((line) => line !== "")}
      readings={readings}
      stamp={stamp}
    />,
    size,
  );
}
