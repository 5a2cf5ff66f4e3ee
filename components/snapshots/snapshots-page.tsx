import type { ReactNode } from "react";
import type { ListSnapshotsResponse, SnapshotDto } from "@/lib/contracts/snapshots";
import type { TimeZone } from "@/lib/format/instant";
import { formatCount, formatLayerScore, formatNoun, formatScore, formatScoreChange, scoreChange } from "@/lib/format/numbers";
import { formatDuration } from "@/lib/format/relative-time";
import { noScoreWords } from "@/lib/format/posture-titles";
import { snapshotsTitle } from "@/lib/format/source-titles";
import { hasNothingToJudge, LAYERS, type Layer } from "@/lib/model/layer";
import { Instant } from "../primitives/instant";
import { LayerTag } from "../primitives/layer-tag";
import { capitalise, LAYER_WORDS } from "@/lib/format/words";
import { PageHead } from "../primitives/page-head";
import { PhoneFold } from "../primitives/phone-fold";
import { Pill } from "../primitives/pill";
import { SeverityTag } from "../primitives/severity-tag";
import { ScanNow } from "../scan/scan-now";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { withMoment } from "../shell/posture-search";
import { PageTurns } from "../tables/page-turns";
import { changeWords, groupSnapshots, isStill, isUnseen, triggerWords } from "./group-snapshots";

const COLUMNS = LAYERS.length + 9;
const NO_SCORE = { score: null, coverage: 0 };
const scoreOf = (snapshot: SnapshotDto, layer: Layer): Pick<SnapshotDto["scores"][number], "score" | "coverage"> =>
  snapshot.scores.find((entry) => entry.layer === layer) ?? NO_SCORE;

const scoreBefore = (previous: SnapshotDto | undefined, layer: Layer): number | null => (previous === undefined ? null : scoreOf(previous, layer).score);

/** The figures of a row below its date, where a phone has no room for columns. */
function Narrow({ snapshot, previous }: { readonly snapshot: SnapshotDto; readonly previous: SnapshotDto | undefined }): ReactNode {
  const { open, opened, closed, gaps } = snapshot;
  const changes = changeWords(opened, closed);
  const counts = isUnseen(snapshot) ? [] : [`${formatCount(open.critical)} critical, ${formatCount(open.high)} high`];
  return (
    <span className="only-phone">
      <span className="narrow-scores">
        {LAYERS.map((layer) => {
          const own = scoreOf(snapshot, layer);
          return (
            <LayerTag key={layer} layer={layer} size={14}>
              <span className="sr">{LAYER_WORDS[layer]} </span>
              {own.score === null ? formatLayerScore(own) : <Score score={own.score} before={scoreBefore(previous, layer)} />}
            </LayerTag>
          );
        })}
      </span>
      <span className="cap block">{[...counts, ...changes, ...(gaps === 0 ? [] : [`${formatNoun(gaps, "kind")} not read`])].join(" · ")}</span>
    </span>
  );
}

/** Where it moved, by how much: of many days alike, these are looked for. */
function Score({ score, before }: { readonly score: number; readonly before: number | null }): ReactNode {
  if (before === null || scoreChange(before, score) === 0) return formatScore(score);
  return (
    <>
      <span className="cap">{formatScoreChange(before, score)}</span> <b>{formatScore(score)}</b>
    </>
  );
}

function NoScore(own: ReturnType<typeof scoreOf>): ReactNode {
  const title = capitalise(noScoreWords(own));
  return hasNothingToJudge(own) ? (
    <span className="muted" title={title}>
      {formatLayerScore(own)}
    </span>
  ) : (
    <Pill kind="not-assessed" title={title}>
      {formatLayerScore(own)}
    </Pill>
  );
}

function SnapshotLine({
  snapshot,
  previous,
  isNewest,
  at,
  since,
  base,
}: {
  readonly snapshot: SnapshotDto;
  readonly previous: SnapshotDto | undefined;
  readonly isNewest: boolean;
  readonly at: number | null;
  readonly since: number | null;
  readonly base: string;
}): ReactNode {
  const none = isUnseen(snapshot) ? "–" : "0";
  // The first moved from nothing that anybody knows.
  const unmoved = previous === undefined ? "–" : none;
  const isNewCatalogue = previous !== undefined && previous.catalogueVersion !== snapshot.catalogueVersion;
  return (
    <tr className={!isNewest && isStill(snapshot, previous) ? "still" : undefined}>
      <td>
        {isNewest ? (
          <a className="row-t" href={withMoment(base, "", { since: since === null || since >= snapshot.seq ? null : since })}>
            <Instant at={snapshot.takenAt} />
          </a>
        ) : (
          <PostureLink className="row-t" href={`${base}?at=${snapshot.seq}`}>
            <Instant at={snapshot.takenAt} />
          </PostureLink>
        )}
        <span className="cap block">
          snapshot {snapshot.seq} · {triggerWords(snapshot.trigger)}
          {isNewCatalogue ? ` · catalogue ${snapshot.catalogueVersion}` : ""}
        </span>
        <Narrow snapshot={snapshot} previous={previous} />
      </td>
      {LAYERS.map((layer) => {
        const own = scoreOf(snapshot, layer);
        return (
          <td key={layer} className="num ph-hide">
            {own.score === null ? <NoScore {...own} /> : <Score score={own.score} before={scoreBefore(previous, layer)} />}
          </td>
        );
      })}
      <td className="num ph-hide">
        {snapshot.open.critical === 0 ? <span className="muted">{none}</span> : <span className="t-critical">{formatCount(snapshot.open.critical)}</span>}
      </td>
      <td className="num ph-hide">{none === "0" ? formatCount(snapshot.open.high) : <span className="muted">{none}</span>}</td>
      <td className="num ph-hide">{snapshot.opened === 0 ? <span className="muted">{unmoved}</span> : `+${formatCount(snapshot.opened)}`}</td>
      <td className="num ph-hide">{snapshot.closed === 0 ? <span className="muted">{unmoved}</span> : `\u2212${formatCount(snapshot.closed)}`}</td>
      <td className="num ph-hide">
        {snapshot.gaps === 0 ? (
          <span className="muted">0</span>
        ) : (
          <PostureLink className="link" href={`${base}/sources?at=${snapshot.seq}`}>
            {formatCount(snapshot.gaps)}
          </PostureLink>
        )}
      </td>
      <td className="num ph-hide">{formatCount(snapshot.objects)}</td>
      <td className="num ph-hide">
        {snapshot.durationMs < 1000 ? (
          <span className="muted">under 1 s</span>
        ) : (
          formatDuration(snapshot.durationMs)
            .replace(/ seconds?$/, " s")
            .replace(/ minutes?$/, " min")
        )}
      </td>
      <td className="ph-right">
        {isNewest ? (
          <span className="muted">now</span>
        ) : (
          <PostureLink className="link" href={`${base}?at=${snapshot.seq}`}>
            As of
          </PostureLink>
        )}
        {isNewest || (at !== null && snapshot.seq >= at) ? null : (
          <>
            {" · "}
            <PostureLink className="link" href={`${base}/compare?since=${snapshot.seq}`}>
              Since
            </PostureLink>
          </>
        )}
      </td>
    </tr>
  );
}

/** Everything that was remembered, newest first; each can be looked at, or compared with. */
export function SnapshotsPage({
  answer,
  at,
  since,
  base,
  cluster,
  zone,
}: {
  readonly answer: ListSnapshotsResponse;
  /** Snapshot that the other pages show; null = now. Nothing is measured from one that is not earlier. */
  readonly at: number | null;
  /** Snapshot that the reader measures from; null = the default. */
  readonly since: number | null;
  readonly base: string;
  readonly cluster: string;
  readonly zone: TimeZone;
}): ReactNode {
  const { snapshots, earlier, nextBefore, newest } = answer;
  const [first, last] = [snapshots[0], snapshots.at(-1)];
  const isNewestPage = first?.seq === newest?.seq;
  return (
    <>
      <PageHead
        answer={snapshotsTitle(answer, zone)}
        sub={
          <>
            <span className="only-desk">A snapshot is one completed scan, and never changes. </span>
            “As of” shows every page as it was then, “Since” measures changes from then. Findings are counted for workloads; the platform is scored separately.
          </>
        }
        actions={<ScanNow cluster={cluster} />}
      />
      <div className="sec">
        <table className="table rows snaps">
          <caption className="sr">Snapshots, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Taken at</th>
              {LAYERS.map((layer) => (
                <th key={layer} scope="col" className="num">
                  <LayerTag layer={layer} size={14} />
                </th>
              ))}
              <th scope="col" className="num">
                <SeverityTag severity="critical" />
              </th>
              <th scope="col" className="num">
                <SeverityTag severity="high" />
              </th>
              <th scope="col" className="num">
                Opened
              </th>
              <th scope="col" className="num">
                Closed
              </th>
              <th scope="col" className="num">
                Not read
              </th>
              <th scope="col" className="num">
                Objects
              </th>
              <th scope="col" className="num">
                Took
              </th>
              <th scope="col">Use it as</th>
            </tr>
          </thead>
          {groupSnapshots(snapshots, zone).map((group, index) => (
            <tbody key={group.name} className="foldable">
              <tr className="fold-row">
                <td colSpan={COLUMNS}>
                  <PhoneFold name={group.name} note={group.note} isOpen={index === 0} />
                </td>
              </tr>
              {group.snapshots.map((snapshot) => (
                <SnapshotLine
                  key={snapshot.seq}
                  snapshot={snapshot}
                  previous={snapshots[snapshots.indexOf(snapshot) + 1] ?? earlier ?? undefined}
                  isNewest={snapshot.seq === newest?.seq}
                  at={at}
                  since={since}
                  base={base}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {nextBefore === null && isNewestPage ? null : (
        <PageTurns label="Pages of the list" page={first?.seq ?? null} target="table a">
          {isNewestPage ? null : (
            <PostureLink className="ctl line" href={`${base}/snapshots`}>
              Newest snapshots
            </PostureLink>
          )}
          {nextBefore === null ? null : (
            <PostureLink className="ctl line" href={`${base}/snapshots?before=${nextBefore}`}>
              Earlier snapshots
            </PostureLink>
          )}
        </PageTurns>
      )}
      <PageFoot parts={first === undefined || last === undefined ? [] : [`snapshots ${last.seq} to ${first.seq}`, "counts of workload scope"]} />
    </>
  );
}
