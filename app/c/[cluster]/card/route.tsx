import { ImageResponse } from "next/og";
import { findCapReason } from "@/components/posture/find-cap-reason";
import { toReading } from "@/components/posture/to-reading";
import { SocialCard } from "@/components/social/social-card";
import { CARD_SIZE } from "@/lib/format/card-size";
import { clusterWords } from "@/lib/format/cluster-words";
import { formatDay, formatInstant } from "@/lib/format/instant";
import { othersSentence, overviewTitle } from "@/lib/format/posture-titles";
import { readCardMoment } from "@/lib/http/card-metadata";
import { answerPicture } from "@/lib/http/read-page";
import { readRemembered } from "@/lib/http/read-remembered";
import { getOverview } from "@/lib/reads/get-overview";

/** The picture of a link to the cluster, as of the moment that the link pins. */
export async function GET(request: Request, { params }: { readonly params: Promise<{ readonly cluster: string }> }): Promise<Response> {
  const { cluster } = await params;
  return answerPicture(() => readRemembered({ cluster }, () => draw(cluster, request)));
}

async function draw(cluster: string, request: Request): Promise<Response> {
  const overview = await getOverview(cluster, await readCardMoment(request));
  const readings = overview.layers.map(toReading);
  const reason = findCapReason(overview);
  const { at, since } = overview.moment;
  const stamp = at === null ? "No snapshot yet" : `Snapshot ${at.seq}, ${formatInstant(new Date(at.takenAt), "UTC")}`;
  const answer = overviewTitle(readings, since === null ? "the first scan" : formatDay(new Date(since.takenAt), "UTC"));
  return new ImageResponse(
    <SocialCard
      cluster={clusterWords(overview.cluster)}
      isDemo={overview.cluster.isDemo}
      answer={answer}
      lines={[reason === null ? "" : reason.holder + reason.does, othersSentence(readings)].filter((line) => line !== "")}
      readings={readings}
      stamp={stamp}
    />,
    CARD_SIZE,
  );
}
