import { ImageResponse } from "next/og";
import { toReading } from "@/components/posture/to-reading";
import { SocialCard } from "@/components/social/social-card";
import { CARD_SIZE } from "@/lib/format/card-size";
import { clusterWords } from "@/lib/format/cluster-words";
import { FINDING_STATE_WORDS, findingTitle } from "@/lib/format/finding-titles";
import { formatDate, formatInstant } from "@/lib/format/instant";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { readCardMoment } from "@/lib/http/card-metadata";
import { readEncoded } from "@/lib/format/read-encoded";
import { answerPicture } from "@/lib/http/read-page";
import { getFinding } from "@/lib/reads/get-finding";
import { getOverview } from "@/lib/reads/get-overview";

interface Context {
  readonly params: Promise<{ readonly cluster: string; readonly id: string }>;
}

/** The picture of a link to a finding, as of the moment that the link pins. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerPicture(async () => draw(await params, request));
}

async function draw({ cluster, id }: Awaited<Context["params"]>, request: Request): Promise<Response> {
  const moment = await readCardMoment(request);
  const [finding, overview] = await Promise.all([getFinding(cluster, readEncoded(id), moment), getOverview(cluster, moment)]);
  const { at } = finding.moment;
  const word = FINDING_STATE_WORDS[finding.state].replace(/ since$/, "");
  const state =
    finding.closedAt === null
      ? `${word} since ${formatDate(new Date(finding.openedAt ?? finding.firstSeenAt), "UTC")}`
      : `${word}, ${formatDate(new Date(finding.closedAt), "UTC")}`;
  const answer = findingTitle(finding);
  // Where no failure is stated, the title is what should hold.
  const lines = [`${SEVERITY_WORDS[finding.severity]}. ${state}.`, ...(answer.endsWith(finding.shouldHold) ? [] : [`Should hold: ${finding.shouldHold}`])];
  const stamp = at === null ? finding.id : `${finding.id}, ${formatInstant(new Date(at.takenAt), "UTC")}`;
  return new ImageResponse(
    <SocialCard
      cluster={clusterWords(overview.cluster)}
      isDemo={overview.cluster.isDemo}
      answer={answer}
      lines={lines}
      readings={overview.layers.map(toReading)}
      stamp={stamp}
    />,
    CARD_SIZE,
  );
}
