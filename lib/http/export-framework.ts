import "server-only";
import type { ExportFrameworkResponse, FrameworkResponse } from "../contracts/frameworks";
import { toCsvLine } from "../format/csv";
import { CLAUSE_STATE_WORDS, clauseSentence, controlVerdictSentence } from "../format/framework-titles";
import { getFramework } from "../reads/list-frameworks";
import { answering, toAnswer } from "./endpoint";
import { ENDPOINTS } from "./endpoints";
import { CSV_MARK, fileAnswer, readerOrigin } from "./file-answer";
import { readRemembered } from "./read-remembered";

const HEAD = [
  "framework",
  "version",
  "clause",
  "title (in our words)",
  "group",
  "state",
  "because",
  "decided by",
  "judged",
  "failing",
  "waived",
  "not assessed",
  "needs review",
  "cluster",
  "snapshot",
  "taken at (UTC)",
  "link",
];

type Line = ExportFrameworkResponse[number];

function toLines({ framework, clauses, moment }: FrameworkResponse, cluster: string, page: string): Line[] {
  const at = moment.at;
  // In a matrix no clause has a place of its own.
  const search = [...(at ? [`at=${at.seq}`] : []), ...(framework.columns.length > 0 ? ["view=list"] : [])].join("&");
  const link = (id: string): string => `${page}${search === "" ? "" : `?${search}`}#${id}`;
  // What needs no look at the cluster to be left out, the page says once, for all such clauses.
  const leftOut = ({ state, controls }: FrameworkResponse["clauses"][number]) => state === "not-applicable" && controls.length === 0;
  return clauses.map((clause) => ({
    framework: framework.name,
    version: framework.version,
    clause: clause.id,
    title: clause.title,
    group: clause.group,
    state: clause.state,
    because: (leftOut(clause) ? framework.applies : null) ?? clauseSentence(clause),
    controls: clause.controls.map((control) => ({ id: control.id, state: control.state, says: controlVerdictSentence(control) })),
    judged: clause.counts.judged,
    failing: clause.counts.failing,
    waived: clause.counts.waived,
    notAssessed: clause.counts.unknown,
    needsReview: clause.counts.manual,
    cluster,
    snapshot: at?.seq ?? null,
    takenAt: at?.takenAt ?? null,
    link: link(clause.id),
  }));
}

function toCsv(lines: readonly Line[]): string {
  const body = lines.map((line) => {
    const { framework, version, clause, title, group, state, because, controls, judged, failing, waived, notAssessed, needsReview } = line;
    const deciders = controls.map(({ id, says }) => `${id}: ${says}`).join(" | ");
    const own = [framework, version, clause, title, group, CLAUSE_STATE_WORDS[state], because, deciders];
    return toCsvLine([...own, judged, failing, waived, notAssessed, needsReview, line.cluster, line.snapshot, line.takenAt, line.link]);
  });
  return `${CSV_MARK}${toCsvLine(HEAD)}${body.join("")}`;
}

/** The clauses that the page of the same address lists, as a file: `?format=csv` or `json`. */
export const exportFramework = answering("exportFramework", async ({ params: { cluster, framework }, query: { format, ...query }, requestId }, request) => {
  const answer = await readRemembered({ cluster }, () => getFramework(cluster, framework, query));
  const page = `${readerOrigin(request)}/c/${encodeURIComponent(cluster)}/frameworks/${framework}`;
  const lines = toAnswer(ENDPOINTS.exportFramework.response, toLines(answer, cluster, page));
  const name = `${answer.framework.name}-${cluster}${answer.moment.at ? `-snapshot-${answer.moment.at.seq}` : ""}`;
  return fileAnswer(format === "csv" ? toCsv(lines) : `${JSON.stringify(lines, null, 1)}\n`, { name, format, requestId });
});
