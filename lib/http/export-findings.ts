import "server-only";
import type { ExportFindingsResponse, FindingRow, ListFindingsQuery, ListFindingsResponse } from "../contracts/findings";
import { toCsvLine } from "../format/csv";
import { listFindings, listFindingsAfter } from "../reads/list-findings";
import { answering, toAnswer } from "./endpoint";
import { ENDPOINTS } from "./endpoints";
import { CSV_MARK, type FileFormat, fileAnswer, readerOrigin } from "./file-answer";
import { readRemembered } from "./read-remembered";

const PAGE = 500;

const HEAD = [
  "id",
  "state",
  "severity",
  "layer",
  "control",
  "control title",
  "what was read",
  "kind",
  "namespace",
  "object",
  "points",
  "open since (UTC)",
  "closed (UTC)",
  "days",
  "not assessed again because",
  "cluster",
  "snapshot",
  "taken at (UTC)",
  "link",
];

type Line = ExportFindingsResponse[number];

function toCsv(row: Line): string {
  const { resource } = row;
  const cells = [
    row.id,
    row.isOpen ? row.state : "closed",
    row.severity,
    row.layer,
    row.control,
    row.title,
    row.read,
    resource.kind,
    resource.namespace,
    resource.name,
  ];
  const points = row.points === null ? null : Number(row.points.toFixed(4));
  const stale = row.isStale ? (row.staleReason ?? "It could not be assessed in this snapshot.") : null;
  const own = [...cells, points, row.openedAt, row.closedAt, Math.floor(row.ageDays), stale];
  return toCsvLine([...own, row.cluster, row.snapshot, row.takenAt, row.link]);
}

/** The list page by page, all from the snapshot of the first page. */
async function* pages(cluster: string, query: ListFindingsQuery, first: ListFindingsResponse): AsyncGenerator<readonly FindingRow[]> {
  yield first.rows;
  if (first.nextCursor === null) return;
  const others = listFindingsAfter(cluster, { ...query, at: first.moment.at?.seq, cursor: first.nextCursor });
  const readNext = () => readRemembered({ cluster }, () => others.next());
  for (let page = await readNext(); page.done !== true; page = await readNext()) yield page.value;
}

async function* toText(format: FileFormat, rows: AsyncIterable<readonly FindingRow[]>, toFileLine: (row: FindingRow) => Line): AsyncGenerator<string> {
  if (format === "csv") yield `${CSV_MARK}${toCsvLine(HEAD)}`;
  let separator = "[\n";
  for await (const page of rows) {
    const lines = toAnswer(ENDPOINTS.exportFindings.response, page.map(toFileLine));
    if (format === "csv") yield lines.map(toCsv).join("");
    else
      for (const line of lines) {
        yield `${separator}${JSON.stringify(line)}`;
        separator = ",\n";
      }
  }
  if (format === "json") yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** Exactly the list that the address filters, as a file: `?format=csv` or `json`. The first page is read before anything is sent. */
export const exportFindings = answering("exportFindings", async ({ params: { cluster }, query: { format, ...query }, requestId }, request) => {
  const whole = { ...query, limit: PAGE };
  const first = await readRemembered({ cluster }, () => listFindings(cluster, whole));
  const { at } = first.moment;
  const origin = readerOrigin(request);
  const moment = at ? `?at=${at.seq}` : "";
  const toFileLine = (row: FindingRow): Line => ({
    ...row,
    cluster,
    snapshot: at?.seq ?? null,
    takenAt: at?.takenAt ?? null,
    link: `${origin}/f/${row.id}${moment}`,
  });
  const text = toText(format, pages(cluster, whole, first), toFileLine);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await text.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => void (await text.return(undefined)),
  });
  return fileAnswer(body, { name: `findings-${cluster}${at ? `-snapshot-${at.seq}` : ""}`, format, requestId });
});
