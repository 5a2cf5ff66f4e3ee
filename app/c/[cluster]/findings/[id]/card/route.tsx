import { ImageResponse } from "next/og";
import { toReading } from "@/components/posture/to-reading";
import { findingLines, isFindingOver } from "@/components/social/finding-lines";
import { SocialCard } from "@/components/social/social-card";
import { CARD_SIZE } from "@/lib/format/card-size";
import { clusterWords } from "@/lib/format/cluster-words";
import { findingTitle } from "@/lib/format/finding-titles";
import { formatInstant } from "@/lib/format/instant";
import { readCardMoment } from "@/lib/http/card-metadata";
import { readEncoded } from "@/lib/format/read-encoded";
import { answerPicture } from "@/lib/http/read-page";
import { readRemembered } from "@/lib/http/read-remembered";
import { getFinding } from "@/lib/reads/get-finding";
import { getOverview } from "@/lib/reads/get-overview";

interface Context {
  readonly params: Promise<{ readonly cluster: string; readonly id: string }>;
}

/** The picture of a link to a finding, as of the moment that the link pins. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const asked = await params;
  return answerPicture(() => readRemembered(asked, () => draw(asked, request)));
}

async function draw({ cluster, id }: Awaited<Context["params"]>, request: Request): Promise<Response> {
  const moment = await readCardMoment(request);
  const [finding, overview] = await Promise.all([getFinding(cluster, readEncoded(id), moment), getOverview(cluster, moment)]);
  const { at } = finding.moment;
  const stamp = at === null ? finding.id : `${finding.id}, ${formatInstant(new Date(at.takenAt), "UTC")}`;
  return new ImageResponse(
    <SocialCard
      cluster={clusterWords(overview.cluster)}
      isDemo={overview.cluster.isDemo}
      answer={findingTitle(finding)}
      lines={findingLines(finding)}
      readings={overview.layers.map(toReading)}
      severity={finding.severity}
      isOver={isFindingOver(finding)}
      stamp={stamp}
    />,
    CARD_SIZE,
  );
}
