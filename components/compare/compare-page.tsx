import type { ReactNode } from "react";
import { type CompareResponse, compareRowSchema, type SnapshotDto } from "@/lib/contracts/snapshots";
import { balanceTitle, compareSentence, type ComparedStanding, compareTitle, objectsSentence } from "@/lib/format/compare-titles";
import { momentWords } from "@/lib/format/moment-words";
import type { TimeZone } from "@/lib/format/instant";
import { scopeSentence } from "@/lib/format/opt-in-words";
import { formatNoun, formatPercent } from "@/lib/format/numbers";
import { workloadFindings } from "@/lib/format/paths";
import { plural } from "@/lib/format/plural";
import { noScoreWords } from "@/lib/format/posture-titles";
import { hasNothingToJudge, LAYERS, type Layer } from "@/lib/model/layer";
import { hasBothEnds, isWholeSince, toReading } from "../posture/to-reading";
import { PageHead } from "../primitives/page-head";
import { Section } from "../primitives/section";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { CompareBalance } from "./compare-balance";
import { CompareChanges } from "./compare-changes";
import { openedGroups, sumOf } from "./change-groups";
import { CompareLedger } from "./compare-ledger";
import { CompareMove } from "./compare-move";
import { MomentPickers } from "./moment-pickers";

interface ComparePageProps {
  readonly compare: CompareResponse;
  /** Newest first. */
  readonly snapshots: readonly SnapshotDto[];
  readonly base: string;
  readonly search: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly zone: TimeZone;
}

function movedMost(compare: CompareResponse): Layer {
  const scored = new Set(compare.layers.flatMap((score) => (score.score === null ? [] : [score.layer])));
  const moved = compare.waterfalls
    .filter(hasBothEnds)
    .filter((waterfall) => scored.has(waterfall.layer))
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))[0];
  return moved?.layer ?? "cluster";
}

function standingsOf({ layers, waterfalls }: CompareResponse): readonly ComparedStanding[] {
  return layers.map((score) => {
    const start = waterfalls.find((waterfall) => waterfall.layer === score.layer)?.from ?? null;
    return { ...toReading(score), previous: score.sinceScore === null ? null : start, isNewlyJudged: start === null };
  });
}

const coverageWords = (score: Pick<CompareResponse["layers"][number], "layer" | "score" | "coverage">): string =>
  `${score.layer} ${hasNothingToJudge(score) ? noScoreWords(score) : formatPercent(score.coverage)}`;

/** The title of the page. */
export function compareAnswer(compare: CompareResponse): string {
  return compareTitle(Date.parse(compare.to.takenAt) - Date.parse(compare.from.takenAt), standingsOf(compare));
}

/** What is different between two moments. */
export function ComparePage({ compare, snapshots, base, search, zone }: ComparePageProps): ReactNode {
  const { from, to, ledger, layers } = compare;
  const shown = {
    layer: LAYERS.find((layer) => layer === search.layer) ?? null,
    change: compareRowSchema.shape.change.safeParse(search.change).data ?? null,
  };
  const standings = standingsOf(compare);
  const isWhole = isWholeSince(layers);
  const opened = sumOf(openedGroups(compare));
  const closed = ledger.fixed + ledger.gone + ledger.otherClosed;
  const [then, now] = momentWords(new Date(from.takenAt), new Date(to.takenAt), zone);
  const catalogue = (seq: number): string | undefined => snapshots.find((snapshot) => snapshot.seq === seq)?.catalogueVersion;
  const [catalogueThen, catalogueNow] = [catalogue(from.seq), catalogue(to.seq)];
  return (
    <>
      <PageHead
        answer={compareAnswer(compare)}
        sub={`${compareSentence({ closed, opened, assessed: ledger.assessed }, standings, isWhole)} ${objectsSentence({ added: compare.resourcesAdded, gone: compare.resourcesGone, firstRead: compare.resourcesFirstRead }, isWhole)}`}
      />
      <MomentPickers
        from={from}
        to={to}
        snapshots={snapshots.map(({ seq, takenAt }) => ({ seq, at: takenAt }))}
        notes={[
          ...(catalogueThen !== undefined && catalogueThen !== catalogueNow
            ? [`The catalogue changed in between: ${catalogueThen} to ${catalogueNow ?? "another"}`]
            : []),
          ...(compare.scope === null ? [] : [scopeSentence(compare.scope)]),
        ]}
      />
      <div className="sec cols">
        <CompareLedger compare={compare} then={then} now={now} />
        <CompareMove compare={compare} layer={shown.layer ?? movedMost(compare)} shown={shown} then={then} now={now} base={base} />
      </div>
      <Section
        title={balanceTitle(ledger.openBefore, ledger.openAfter, isWhole)}
        note={
          ledger.notComparable > 0 ? (
            <>
              <PostureLink className="link" href={workloadFindings(base, "assessed=last")}>
                {formatNoun(ledger.notComparable, "finding")}
              </PostureLink>
              {` could not be assessed again and ${plural(ledger.notComparable, "counts", "count")} as last assessed`}
            </>
          ) : undefined
        }
      >
        <CompareBalance compare={compare} then={then} now={now} />
      </Section>
      <CompareChanges compare={compare} shown={shown} base={base} then={then} now={now} />
      <PageFoot
        parts={[
          `snapshots ${from.seq} and ${to.seq}`,
          `coverage now: ${layers.map(coverageWords).join(", ")}`,
          `then: ${layers.map(({ layer, sinceScore, sinceCoverage }) => coverageWords({ layer, score: sinceScore, coverage: sinceCoverage ?? 0 })).join(", ")}`,
          "workload scope",
        ]}
      />
    </>
  );
}
